import { describeConfigInvalid, processEnvironment, readConfig, type Config } from '#platform/config';
import {
  DatabaseUnusable,
  DataFolderRefused,
  EmbeddedPostgresUnavailable,
  MigrationsPending,
} from '#platform/database';
import { answerArguments, stopSignal } from '#platform/system';
import { inspect } from 'node:util';
import { CannotStart } from './cannot-start.ts';
import { runApi } from './run-api.ts';

const HELP = `Usage: npm run start:api

Serves the API until it is told to stop. It takes no arguments: .env.example lists the variables that set it up.
`;

const answer = answerArguments(process.argv.slice(2), HELP);
if (answer !== null) {
  process[answer.exitCode === 0 ? 'stdout' : 'stderr'].write(answer.text);
  process.exit(answer.exitCode);
}

const stop = stopSignal();
/** What says by itself what to do: no stack would help. */
const EXPECTED = [CannotStart, DatabaseUnusable, DataFolderRefused, EmbeddedPostgresUnavailable, MigrationsPending];
const read = readConfig(processEnvironment());

try {
  if (!read.ok) throw new CannotStart(describeConfigInvalid(read.error));
  const config = read.value;
  await runApi(config, { stop, ready: (url) => tell(config, url) });
} catch (error) {
  // Told to stop while it was starting, it has not failed.
  if (!stop.aborted || error !== stop.reason) {
    process.stderr.write(
      `${EXPECTED.some((kind) => error instanceof kind) ? (error as Error).message : inspect(error)}\n`,
    );
    process.exitCode = 1;
  }
} finally {
  if (process.connected) process.disconnect();
}

/** A parent that asked for it hears where the API listens; a person reads it. */
function tell({ environment, token }: Config, url: string): void {
  if (process.send !== undefined) return void process.send({ type: 'listening', url });
  process.stdout.write(`The API listens at ${url}, its reference is at ${url}/docs.\n`);
  if (environment === 'development') process.stdout.write(`Send: Authorization: Bearer ${token.reveal()}\n`);
}
