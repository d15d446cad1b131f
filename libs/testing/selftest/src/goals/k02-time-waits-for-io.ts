import { install } from '@sinonjs/fake-timers';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { realTime } from '#testing/runtime';
import { Deadlock, VirtualClock } from '#testing/time';
import { callOverTcp, timeServers, type TimeServers } from '../fixtures/time-servers.ts';
import type { Goal, SelfTestRun } from '../goal.ts';
import { runMocha } from '../run-mocha.ts';

const POSTGRES = join(import.meta.dirname, '../fixtures/time-postgres.fixture.ts');
const SERVER_DELAY_MS = 50;
const HOUR = 3_600_000;
const REPEATS = 200;
const AT_ONCE = 20;
const PEER_TRIES = 20;

type Case = (clock: VirtualClock, servers: TimeServers) => Promise<string>;

const timeout = (clock: VirtualClock, milliseconds: number): Promise<string> =>
  clock.sleep(milliseconds).then(() => 'timed out');

const cases: Readonly<Record<string, { readonly work: Case; readonly expected: string }>> = {
  'a call over TCP against a time-out of 30 s': {
    work: (clock, servers) => clock.runUntil(() => Promise.race([callOverTcp(servers), timeout(clock, 30_000)])),
    expected: 'answered at 0 ms',
  },
  'three calls with an hour after each': {
    work: (clock, servers) =>
      clock.runUntil(async () => {
        for (let call = 0; call < 3; call += 1) {
          await callOverTcp(servers);
          await clock.sleep(HOUR);
        }
        return 'answered';
      }),
    expected: `answered at ${3 * HOUR} ms`,
  },
  'no answer against a time-out of 30 s': {
    work: (clock) => clock.runUntil(() => Promise.race([new Promise<never>(() => {}), timeout(clock, 30_000)])),
    expected: 'timed out at 30000 ms',
  },
  'no answer and no time-out': {
    work: (clock) =>
      clock
        .runUntil(() => new Promise<never>(() => {}))
        .catch((error: unknown) => (error instanceof Deadlock ? 'a deadlock' : String(error))),
    expected: 'a deadlock at 0 ms',
  },
  'a file against a time-out of 1 ms': {
    work: (clock) =>
      clock.runUntil(() => Promise.race([readFile(import.meta.filename).then(() => 'read'), timeout(clock, 1)])),
    expected: 'read at 0 ms',
  },
};

/** Virtual time never overtakes what is real, and passes in no time when nothing is. */
export const timeWaitsForIo: Goal = {
  id: 'K2',
  claim: 'virtual time waits for real I/O',
  target: `6 of 6 cases, 3 virtual hours in under 1 s, 0 flips in ${REPEATS} repeats under load`,
  check: async (run) => {
    await using servers = await timeServers(SERVER_DELAY_MS);
    const begun = realTime.now();
    const quiet = await flips(servers, 1);
    const quietMs = Math.round(realTime.now() - begun);

    await using _load = load();
    const flipped: string[] = [];
    for (let done = 0; done < REPEATS; done += AT_ONCE) {
      run.progress(`${done} of ${REPEATS}`);
      flipped.push(...(await flips(servers, AT_ONCE)));
    }
    run.progress('PostgreSQL');
    const postgres = await postgresFaults(run);
    const right = Object.keys(cases).length + 1 - new Set(quiet).size - Math.min(1, postgres.length);
    return {
      passed: quiet.length + flipped.length + postgres.length === 0 && quietMs < 1_000,
      measured: `${right} of 6, 3 virtual hours and all else in ${quietMs} ms, ${flipped.length + postgres.length} flips in ${REPEATS} repeats`,
      peers: [await nextAsync(servers)],
      details: [...quiet, ...flipped, ...postgres],
    };
  },
};

/** What went otherwise, when every case is run `times` over, all at the same time. */
async function flips(servers: TimeServers, times: number): Promise<readonly string[]> {
  const runs = Object.entries(cases).flatMap(([name, one]) => Array.from({ length: times }, () => ({ name, ...one })));
  const verdicts = await Promise.all(
    runs.map(async ({ name, work, expected }) => {
      const clock = new VirtualClock({ start: new Date(0) });
      const verdict = `${await work(clock, servers)} at ${clock.now().getTime()} ms`;
      return verdict === expected ? [] : [`${name}: ${verdict}`];
    }),
  );
  return verdicts.flat();
}

async function postgresFaults({ signal }: SelfTestRun): Promise<readonly string[]> {
  const options = { plugin: true, signal, env: { REPEATS: String(REPEATS) } };
  const { exitCode, report, stdout, stderr } = await runMocha([POSTGRES], options);
  if (exitCode === 0) return [];
  return report?.failures.map(({ title, err }) => `${title}: ${err.message}`) ?? [`${stdout}${stderr}`];
}

/** Keeps a processor busy until it is disposed. */
function load(): AsyncDisposable {
  const thread = new Worker('for (;;);', { eval: true });
  return { [Symbol.asyncDispose]: async () => void (await thread.terminate()) };
}

async function nextAsync(servers: TimeServers) {
  const right = { tcp: 0, file: 0 };
  for (let attempt = 0; attempt < PEER_TRIES; attempt += 1) {
    const clock = install({ toFake: ['setTimeout', 'clearTimeout'] });
    clock.setTickMode({ mode: 'nextAsync' });
    try {
      const late = (milliseconds: number): Promise<'late'> =>
        new Promise((resolve) => setTimeout(() => resolve('late'), milliseconds));
      if ((await Promise.race([callOverTcp(servers), late(30_000)])) === 'answered') right.tcp += 1;
      if ((await Promise.race([readFile(import.meta.filename), late(1)])) !== 'late') right.file += 1;
    } finally {
      clock.uninstall();
    }
  }
  return {
    name: 'fake-timers, nextAsync',
    measured: `TCP answer before 30 s in ${right.tcp} of ${PEER_TRIES}, file before 1 ms in ${right.file} of ${PEER_TRIES}`,
  };
}
