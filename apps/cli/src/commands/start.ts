import type { Config } from '#platform/config';
import { EmbeddedPostgres } from '#platform/database';
import { SystemClock } from '#platform/system';
import { LockstepClient, type ApiDevice } from '../client/lockstep-client.ts';
import { DemoFleet } from '../demo/demo-fleet.ts';
import { enrol } from '../demo/enrol.ts';
import { backUp, type DeviceOutcome } from '../demo/round.ts';
import { outcomeLine, outcomeTable, summarize, type Summary } from '../demo/summary.ts';
import { Services } from '../processes/services.ts';
import { Progress, type Terminal } from '../terminal/progress.ts';
import { restartOnChange } from './dev.ts';
import { CannotRun, type ExitCode } from './outcome.ts';

export type StartOptions = {
  readonly once: boolean;
  readonly json: boolean;
  /** Starts the API and the worker again whenever the sources change. */
  readonly watch?: boolean;
};

/** What the command has of the outside world. `interrupted` aborts at ctrl-C. */
export type StartWorld = {
  readonly config: Config;
  readonly env: NodeJS.ProcessEnv;
  readonly out: Terminal;
  readonly err: Terminal;
  readonly interrupted: AbortSignal;
};

/**
 * Runs the whole service on this machine, with a fleet of simulated devices, and backs the fleet up.
 *
 * Everything it starts ends with it, in reverse order: jobs in flight are finished before the database goes. With `once`
 * it ends after a second round, for which one device has changed; otherwise it serves until it is interrupted.
 */
export async function start({ once, json, watch = false }: StartOptions, world: StartWorld): Promise<ExitCode> {
  const { config, interrupted } = world;
  if (config.environment === 'production') {
    throw new CannotRun(
      'This start brings simulated devices; in production run `npm run start:api` and `npm run start:worker`.',
    );
  }
  const clock = new SystemClock();
  const startedAt = clock.now().getTime();
  // With --json, standard output belongs to the result.
  const people = json ? world.err : world.out;
  const say = (line: string): void => void people.write(`${line}\n`);

  await using opened = new AsyncDisposableStack();
  const embedded = config.databaseUrl === null ? opened.use(await embeddedPostgres(config, interrupted, say)) : null;
  const databaseUrl = config.databaseUrl?.reveal() ?? embedded?.url;
  const fleet = opened.use(await DemoFleet.start(config.dataDirectory));
  const env = {
    LOCKSTEP_LOG_LEVEL: 'warn',
    ...world.env,
    DATABASE_URL: databaseUrl,
    LOCKSTEP_DATA_DIR: config.dataDirectory,
    ...portFor(once, world.env),
  };
  const services = opened.use(await Services.start({ env, clock, say }));
  const over = opened.adopt(new AbortController(), (controller) => controller.abort());
  const watched = AbortSignal.any([interrupted, over.signal]);
  const client = new LockstepClient({ url: services.url, token: config.token, clock });

  try {
    const devices = await enrol(client, fleet.devices, interrupted);
    const round = (title: string): Promise<DeviceOutcome[]> =>
      shownRound({ client, clock }, devices, { title, people }, interrupted);

    const first = await round('Round 1: backing up the fleet');
    say(`\n${outcomeTable(first)}\n`);
    if (!once) {
      say(welcome(services.url, config));
      const ends = [
        services.givenUp,
        ...(embedded ? [embedded.ended.then((how) => `PostgreSQL has ended: ${how}`)] : []),
        ...(watch ? [restartOnChange({ clock, say, restart: () => services.restart() }, watched)] : []),
      ];
      return await untilTheEnd(ends, interrupted, say);
    }

    const changedName = fleet.changeOne();
    const second = await round(`Round 2: ${changedName} has changed`);
    say(`\n${outcomeTable(second)}\n`);
    const changed = await diffs(client, second, interrupted);
    for (const { device, diff } of changed) say(`${device} has changed:\n\n${diff}`);

    const summary = summarize(devices.length, [...first, ...second], changed, clock.now().getTime() - startedAt);
    if (json) world.out.write(`${JSON.stringify(summary)}\n`);
    return summary.failed === 0 ? 0 : 1;
  } catch (error) {
    if (!interrupted.aborted) throw error;
    say('Interrupted.');
    return 1;
  }
}

async function embeddedPostgres(
  config: Config,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<EmbeddedPostgres> {
  say('Starting PostgreSQL …');
  return EmbeddedPostgres.start({ directory: config.postgresDirectory, signal, say });
}

/** A single run needs no well-known port, and must not fail because another service has it. */
function portFor(once: boolean, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return once && env['LOCKSTEP_HTTP_PORT'] === undefined ? { LOCKSTEP_HTTP_PORT: '0' } : {};
}

async function shownRound(
  parts: Parameters<typeof backUp>[0],
  devices: readonly ApiDevice[],
  { title, people }: { readonly title: string; readonly people: Terminal },
  signal: AbortSignal,
): Promise<DeviceOutcome[]> {
  people.write(`${title} …\n`);
  const progress = new Progress(people, 'backed up', devices.length);
  try {
    const finished = (outcome: DeviceOutcome): void => progress.finish(outcomeLine(outcome));
    const running = (names: readonly string[]): void => progress.now(names.join(', '));
    return await backUp(parts, devices, { finished, running }, signal);
  } finally {
    progress.close();
  }
}

async function diffs(
  client: LockstepClient,
  outcomes: readonly DeviceOutcome[],
  signal: AbortSignal,
): Promise<Summary['changed']> {
  const stored = outcomes.flatMap((outcome) => (outcome.kind === 'stored' ? [outcome] : []));
  return Promise.all(
    stored.map(async ({ device, versionId }) => ({ device, diff: await client.diff(versionId, signal) })),
  );
}

function welcome(url: string, config: Config): string {
  return [
    `API            ${url}/api/v1`,
    `Reference      ${url}/docs`,
    `Health         ${url}/health/ready`,
    `Token          ${config.token.reveal()}`,
    `Data           ${config.dataDirectory}`,
    '',
    `Try: curl -H "Authorization: Bearer ${config.token.reveal()}" ${url}/api/v1/devices`,
    'Ctrl-C ends everything.',
  ].join('\n');
}

/** Serves until the person or one of the parts has had enough; a part says why. */
async function untilTheEnd(
  ends: readonly Promise<string | void>[],
  interrupted: AbortSignal,
  say: (line: string) => void,
): Promise<ExitCode> {
  const interruption = new Promise<void>((resolve) => {
    if (interrupted.aborted) resolve();
    interrupted.addEventListener('abort', () => resolve(), { once: true });
  });
  const reason = await Promise.race([interruption, ...ends]);
  say(reason ?? '\nStopping: jobs in flight are finished first …');
  return reason === undefined ? 0 : 1;
}
