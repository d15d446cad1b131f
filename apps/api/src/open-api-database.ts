import type { Config } from '#platform/config';
import { EmbeddedPostgres, migrate, expectMigrated, openDatabase } from '#platform/database';
import type { Logger } from '#platform/logging';
import type { DataSource } from 'typeorm';
import { schemas } from './schemas.ts';

export type ApiDatabase = AsyncDisposable & {
  readonly source: DataSource;
  /** Rejects when the embedded server ends although nobody asked it to. */
  readonly lost: Promise<never>;
};

/**
 * Opens the database that the configuration names, or an embedded one, with every table that this code expects: missing
 * migrations are run in development, and refused in production, where they are a step of their own.
 */
export async function openApiDatabase(config: Config, logger: Logger, signal: AbortSignal): Promise<ApiDatabase> {
  await using opening = new AsyncDisposableStack();
  const { url, lost } = await whereToFind(config, { opening, logger, signal });
  const source = await openDatabase({
    url,
    schemas,
    applicationName: 'lockstep-api',
    onConnectionLost: (error) => logger.warn('An idle database connection was lost.', { error }),
  });
  opening.defer(() => source.destroy());
  if (config.environment === 'production') await expectMigrated(source);
  else {
    const { ran } = await migrate(source, signal);
    if (ran.length > 0) logger.info('The database was migrated.', { migrations: [...ran] });
  }
  const opened = opening.move();
  return { source, lost, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

type Opening = { readonly opening: AsyncDisposableStack; readonly logger: Logger; readonly signal: AbortSignal };

async function whereToFind(
  config: Config,
  { opening, logger, signal }: Opening,
): Promise<{ url: string; lost: Promise<never> }> {
  if (config.databaseUrl !== null) return { url: config.databaseUrl.reveal(), lost: new Promise(() => {}) };
  const server = await EmbeddedPostgres.start({
    directory: config.postgresDirectory,
    say: (reason) => logger.info('The embedded PostgreSQL says something.', { reason }),
    signal,
  });
  let asked = false;
  opening.defer(() => {
    asked = true;
    return server.stop();
  });
  const lost = server.ended.then((reason) => {
    if (asked) return new Promise<never>(() => {});
    throw new Error(`The embedded PostgreSQL has ended: ${reason}`);
  });
  lost.catch(() => {});
  return { url: server.url, lost };
}
