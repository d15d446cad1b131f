import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { notificationsSchema } from '#notifications/infrastructure';
import type { Config } from '#platform/config';
import { DatabaseUnusable, expectMigrated, MigrationsPending, openDatabase, runningPostgres } from '#platform/database';
import { reasonNotToStart, StartCheck } from '#platform/system';
import { schedulingSchema } from '#scheduling/infrastructure';
import type { DataSource } from 'typeorm';
import { composeService } from './composition-root.ts';

const NONE =
  'There is no database to work on. Run `npm start` beside this command, or set DATABASE_URL to the one of the service.';
const OLDER = 'The service that `npm start` runs is older than this command: end it, and start it again.';

/** What a command works on. */
export type Service = AsyncDisposable & { readonly container: ReturnType<typeof composeService> };

/**
 * The service of the configuration: that of DATABASE_URL, or else the one that `npm start` runs for the data folder. Starts
 * no server and runs no migration: it throws what to do instead.
 */
export async function openService(config: Config, signal: AbortSignal): Promise<Service> {
  signal.throwIfAborted();
  await using opening = new AsyncDisposableStack();
  const source = await databaseOf(config);
  opening.defer(() => source.destroy());
  await expectMigrated(source).catch((error: unknown) => {
    // Its folder is in use, so that no other process can migrate it.
    throw error instanceof MigrationsPending && config.databaseUrl === null
      ? new Error(OLDER, { cause: error })
      : error;
  });
  const container = composeService(config, source);
  const problem = await reasonNotToStart(await container.getAllAsync(StartCheck), signal);
  if (problem !== null) throw new Error(problem);
  const opened = opening.move();
  return { container, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function databaseOf({ databaseUrl, postgresDirectory }: Config): Promise<DataSource> {
  const schemas = [devicesSchema, schedulingSchema, backupsSchema, notificationsSchema];
  const options = { schemas, applicationName: 'lockstep-cli', poolSize: 4 };
  if (databaseUrl !== null) return openDatabase({ ...options, url: databaseUrl.reveal() });
  const url = await runningPostgres(postgresDirectory);
  if (url === null) throw new Error(NONE);
  return openDatabase({ ...options, url }).catch((error: unknown) => {
    // What a server that was killed has left behind looks like a server.
    throw error instanceof DatabaseUnusable ? new Error(NONE, { cause: error }) : error;
  });
}
