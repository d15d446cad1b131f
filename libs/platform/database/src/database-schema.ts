import type { EntitySchema, MigrationInterface } from 'typeorm';

/** What one context brings to the database: its rows, and the migrations that make their tables, oldest first. */
export type DatabaseSchema = {
  readonly rows: readonly EntitySchema[];
  readonly migrations: readonly (new () => MigrationInterface)[];
};
