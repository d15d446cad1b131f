import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import type { Config } from '#platform/config';
import { EmbeddedPostgres, migrate, migrationStatus, newMigration, openDatabase } from '#platform/database';
import { notificationsSchema } from '#notifications/infrastructure';
import { schedulingSchema } from '#scheduling/infrastructure';
import type { DataSource } from 'typeorm';
import { table } from '../terminal/table.ts';
import { CannotRun } from './outcome.ts';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

type Say = (line: string) => void;
type Opened = AsyncDisposable & { readonly source: DataSource };

/** The database of the configuration with every context's schema, and the embedded server that it may need. */
export async function openServiceDatabase(config: Config, say: Say, signal: AbortSignal): Promise<Opened> {
  await using opening = new AsyncDisposableStack();
  const url =
    config.databaseUrl?.reveal() ??
    opening.use(await EmbeddedPostgres.start({ directory: config.postgresDirectory, say, signal })).url;
  const source = await openDatabase({
    url,
    schemas: [devicesSchema, schedulingSchema, backupsSchema, notificationsSchema],
    applicationName: 'lockstep-cli',
  });
  opening.defer(() => source.destroy());
  const opened = opening.move();
  return { source, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

export async function showMigrations(source: DataSource, say: Say): Promise<void> {
  const { applied, pending, unknown } = await migrationStatus(source);
  const rows = [
    ...applied.map((name) => [name, 'applied']),
    ...pending.map((name) => [name, 'pending']),
    ...unknown.map((name) => [name, 'unknown to this code']),
  ];
  say(table(['migration', 'state'], rows));
}

export async function runMigrations(source: DataSource, say: Say, signal: AbortSignal): Promise<void> {
  const { ran } = await migrate(source, signal);
  say(ran.length === 0 ? 'The database is up to date.' : ran.map((name) => `ran ${name}`).join('\n'));
}

/** Writes an empty migration into the context that `name` begins with, as in `devices/add-tags`. */
export async function writeMigration(name: string, now: Date, say: Say): Promise<void> {
  const [context, rest, ...more] = name.split('/');
  if (
    context === undefined ||
    rest === undefined ||
    more.length > 0 ||
    !existsSync(join(REPOSITORY, 'libs', context, 'infrastructure'))
  ) {
    throw new CannotRun(
      `"${name}" does not say where it belongs: write <context>/<what-it-does>, such as devices/add-tags.`,
    );
  }
  const { path, text } = newMigration({ context, name: rest, now });
  const file = join(REPOSITORY, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: 'wx' });
  say(`Wrote ${relative(REPOSITORY, file)}. Fill it in, and add its class to the migrations of the ${context} schema.`);
}

/**
 * Replaces the database by a fresh one. Stored configurations stay where they are.
 *
 * The embedded cluster is removed with its folder; a server of one's own has its schema `public` made anew, which needs
 * `sure`. Production is refused.
 */
export async function resetDatabase(
  config: Config,
  { sure, say }: { readonly sure: boolean; readonly say: Say },
  signal: AbortSignal,
): Promise<void> {
  if (config.environment === 'production')
    throw new CannotRun('A production database is not reset; drop it by hand if you mean it.');
  if (config.databaseUrl !== null && !sure)
    throw new CannotRun('DATABASE_URL is set: say --yes to remove everything in that database.');

  if (config.databaseUrl === null) {
    // Starting it first makes sure that nobody else is using the folder.
    const server = await EmbeddedPostgres.start({ directory: config.postgresDirectory, say, signal });
    await server.stop();
    await rm(server.directory, { recursive: true });
  }
  await using database = await openServiceDatabase(config, say, signal);
  if (config.databaseUrl !== null) await database.source.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await runMigrations(database.source, say, signal);
}
