import { DataSource, MigrationExecutor } from 'typeorm';
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrationStatus } from './migration-status.ts';
import { ObedientConnection } from './obedient-connection.ts';

const LOCK = `SELECT pg_try_advisory_lock(hashtext('lockstep'), hashtext('migrations')) AS mine`;
const LOCK_POLL_MS = 100;

/** The database and the code have each gone on without the other: two branches, on one database. */
export class DatabaseDiverged extends Error {
  readonly unknown: readonly string[];
  readonly pending: readonly string[];

  constructor({ unknown, pending }: { unknown: readonly string[]; pending: readonly string[] }) {
    super(
      `The database has migrations that this code does not know (${unknown.join(', ')}) and lacks some that it has ` +
        `(${pending.join(', ')}). Merge the branches they come from, or use another database.`,
    );
    this.name = 'DatabaseDiverged';
    this.unknown = unknown;
    this.pending = pending;
  }
}

export type Migrated = {
  /** What was run now, in order. */
  readonly ran: readonly string[];
  /** What a newer version of the code has run before. Whether this version may work with that is the caller's to say. */
  readonly unknown: readonly string[];
};

/**
 * Brings the database up to the code, each migration in a transaction of its own.
 *
 * Of several processes that migrate at once one does it and the others wait; all succeed. An abort cancels the
 * statement in flight, undoes its migration and rejects with the reason; the migrations before it stay.
 *
 * There is no limit to how long a migration works, which depends on the data. Only its waiting for a lock has the limit of
 * every statement, because all who come later for the same table wait behind it: then it is undone and fails with
 * PostgreSQL's "canceling statement due to lock timeout" (55P03), and may be run again when the table is less in use.
 */
export async function migrate(source: DataSource, signal: AbortSignal): Promise<Migrated> {
  await using migrator = await patientSource(source.options as PostgresDataSourceOptions);
  await using connection = await ObedientConnection.take(migrator.source, signal);
  return await connection.obey(async () => {
    await lockMigrations(connection, signal);
    const { pending, unknown } = await migrationStatus(migrator.source, connection.runner);
    if (pending.length === 0) return { ran: [], unknown };
    if (unknown.length > 0) throw new DatabaseDiverged({ unknown, pending });
    const executor = new MigrationExecutor(migrator.source, connection.runner);
    executor.transaction = 'each';
    const ran = await executor.executePendingMigrations();
    return { ran: ran.map(({ name }) => name), unknown };
  });
}

/** Asked again and again: a statement that waited would hold a snapshot, and CREATE INDEX CONCURRENTLY waits for those. */
async function lockMigrations({ runner }: ObedientConnection, signal: AbortSignal): Promise<void> {
  for (;;) {
    const [{ mine }] = (await runner.query(LOCK)) as [{ mine: boolean }];
    if (mine) return; // until the connection closes
    await sleep(LOCK_POLL_MS, undefined, { signal });
  }
}

/** One connection of its own, with none of the limits that are right for requests but the one on waiting for locks. */
async function patientSource(options: PostgresDataSourceOptions): Promise<AsyncDisposable & { source: DataSource }> {
  const unlimited = { statement_timeout: 0, idle_in_transaction_session_timeout: 0, query_timeout: 0 };
  const extra = { ...(options.extra as object), ...unlimited };
  const source = await new DataSource({ ...options, poolSize: 1, extra }).initialize();
  return { source, [Symbol.asyncDispose]: () => source.destroy() };
}
