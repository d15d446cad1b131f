import { AbstractLogger, DataSource } from 'typeorm';
import type { DatabaseSchema } from './database-schema.ts';
import { whyUnusable } from './database-unusable.ts';
import { parseDatabaseUrl } from './database-url.ts';

export type DatabaseOptions = {
  readonly url: string;
  readonly schemas: readonly DatabaseSchema[];
  /** Shown by the server beside each session. */
  readonly applicationName?: string;
  /** Connections at most. 10 when not given. */
  readonly poolSize?: number;
  /** One statement may take this long. 10,000 when not given. */
  readonly statementTimeoutMs?: number;
  /** Waiting for a connection, from the pool or from the server. 5,000 when not given. */
  readonly connectTimeoutMs?: number;
  /** Told when a connection breaks while nobody uses it; the pool replaces it. */
  readonly onConnectionLost?: (error: Error) => void;
};

const LOCK_MS = 5_000;
/** The server answers later than its own limit only if it is gone, with the connection left half open. */
const ANSWER_GRACE_MS = 2_000;

/**
 * Opens a pool of connections. The caller destroys it. Every wait has a limit: node-postgres itself has none. Rejects
 * with `DatabaseUnusable` when there is no server, or it lets nobody in.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const url = parseDatabaseUrl(options.url);
  if (!url.ok) throw new Error(`The database URL cannot be used. ${url.error.problem}`);
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: options.schemas.flatMap(({ rows }) => rows),
    migrations: options.schemas.flatMap(({ migrations }) => migrations),
    migrationsTransactionMode: 'each',
    installExtensions: false,
    // Even with logging off TypeORM writes to the console when a migration fails; the error says the same.
    logger: new SilentLogger(),
    applicationName: options.applicationName ?? 'lockstep',
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: options.connectTimeoutMs ?? 5_000,
    // TypeORM listens to the connections that are in use, the pool to the others: one that breaks unheard ends the process.
    poolErrorHandler: options.onConnectionLost ?? (() => {}),
    extra: limits(options.statementTimeoutMs ?? 10_000),
  });
  return source.initialize().catch((error: unknown) => {
    throw whyUnusable(error, url.value);
  });
}

function limits(statementMs: number): Record<string, unknown> {
  return {
    statement_timeout: statementMs,
    // Waiting for another transaction's row is not work: give up sooner and say so.
    lock_timeout: Math.min(LOCK_MS, statementMs),
    // A process that hangs in the middle of a transaction must not keep its locks.
    idle_in_transaction_session_timeout: statementMs,
    query_timeout: statementMs + ANSWER_GRACE_MS,
    keepAlive: true,
    // An idle pool does not keep the process from ending; whoever serves has something else that does.
    allowExitOnIdle: true,
  };
}

class SilentLogger extends AbstractLogger {
  protected override isLogEnabledFor(): boolean {
    return false;
  }

  protected writeLog(): void {}
}
