import type { DataSource, EntitySchema, MigrationInterface } from 'typeorm';

/** What one context brings to the database: its rows, and the migrations that make their tables, oldest first. */
export type TestSchema = {
  readonly rows: readonly EntitySchema[];
  readonly migrations: readonly (new () => MigrationInterface)[];
};

/**
 * What the kit asks of PostgreSQL. A project gives its own behind `#test-postgres` in the imports of its package.json, so
 * that tests open and migrate a database as production does; `plain-postgres.ts` is one for projects without such code.
 */
export type TestPostgres = {
  /** Starts a server that goes with this process, however that ends. Not asked where `DATABASE_URL` names a server. */
  start(): Promise<ThrowawayServer>;
  /** Opens a pool of connections; the kit destroys it. A pool that is idle must not keep the process from ending. */
  open(options: PoolOptions): Promise<DataSource>;
  /** Runs the migrations of an open source. */
  migrate(source: DataSource): Promise<unknown>;
};

export type PoolOptions = { readonly url: string; readonly schemas: readonly TestSchema[]; readonly poolSize?: number };

export type ThrowawayServer = {
  readonly url: string;
  /** Lets the data outlive the server, and answers the command that opens them again. */
  keep(kept: { readonly database: string; readonly test: string }): Promise<string>;
};

/** Loaded when the first test needs a database: a run without one starts no driver. */
export async function testPostgres(): Promise<TestPostgres> {
  return (await import('#test-postgres')).testPostgres;
}
