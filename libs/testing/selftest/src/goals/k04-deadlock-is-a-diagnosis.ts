import fc from 'fast-check';
import { join } from 'node:path';
import { realTime } from '#testing/runtime';
import { Deadlock, VirtualClock } from '#testing/time';
import { slowButLive } from '../fixtures/slow-but-live.ts';
import { deadlocks, type Planted } from '../fixtures/time-deadlocks.fixture.ts';
import { timeServers } from '../fixtures/time-servers.ts';
import type { Goal, SelfTestRun } from '../goal.ts';
import { runMocha } from '../run-mocha.ts';

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures', name);
const LIMIT_MS = 500;
const SERVER_DELAY_MS = 1_000;
const PEER_PATIENCE_MS = 1_000;
const PLANTED = 8;

/** Work that cannot go on is reported at once, with what it waits for; work that is only slow is not. */
export const deadlockIsADiagnosis: Goal = {
  id: 'K4',
  claim: 'a deadlock is a diagnosis, not a time-out',
  target: `${PLANTED} of ${PLANTED} planted in under ${LIMIT_MS} ms with call and line, 0 reports on any that is only slow`,
  check: async (run) => {
    const found = await Promise.all(Object.entries(deadlocks).map(([name, planted]) => diagnose(name, planted)));
    const faults = found.flatMap(({ faults: some }) => some);
    const slowest = Math.max(...found.map(({ milliseconds }) => milliseconds));
    const { asked, accused } = await falseReports(run);
    return {
      passed: found.length === PLANTED && faults.length === 0 && accused.length === 0,
      measured: `${found.filter((one) => one.faults.length === 0).length} of ${PLANTED}, the slowest in ${Math.round(slowest)} ms; ${accused.length} of ${asked} accused`,
      peers: [await fastCheck(), await plainMocha(run)],
      details: [...faults, ...accused],
    };
  },
  canaries: [{ detector: 'deadlocks', trips }],
};

async function diagnose(name: string, { work, waitsForCall }: Planted) {
  const begun = realTime.now();
  const report: unknown = await new VirtualClock().runUntil(work).catch((error: unknown) => error);
  const milliseconds = realTime.now() - begun;
  if (!(report instanceof Deadlock)) return { milliseconds, faults: [`${name}: ended with ${String(report)}`] };
  const names =
    waitsForCall === undefined || report.calls.some((call) => call.startsWith(`${waitsForCall}, called at`));
  const lines = [...report.calls, ...report.places].some((place) => place.includes('time-deadlocks.fixture.ts'));
  const faults = [
    ...(milliseconds < LIMIT_MS ? [] : [`${name}: took ${milliseconds} ms`]),
    ...(report.certain ? [] : [`${name}: is not certain: ${report.message}`]),
    ...(names ? [] : [`${name}: does not name ${waitsForCall}: ${report.message}`]),
    ...(lines ? [] : [`${name}: names no line: ${report.message}`]),
  ];
  return { milliseconds, faults };
}

async function falseReports({ progress, signal }: SelfTestRun) {
  await using servers = await timeServers(SERVER_DELAY_MS);
  const accused: string[] = [];
  const slow = Object.entries(slowButLive(servers));
  for (const [name, work] of slow) {
    progress(name);
    await new VirtualClock().runUntil(work).catch((error: unknown) => accused.push(`${name}: ${String(error)}`));
  }
  progress('query');
  const { exitCode, stdout, stderr } = await runMocha([fixture('time-postgres.fixture.ts')], {
    plugin: true,
    signal,
    args: ['--grep', 'takes no slow query for a deadlock'],
  });
  if (exitCode !== 0) accused.push(`query: ${stdout}${stderr}`);
  return { asked: slow.length + 1, accused };
}

async function fastCheck() {
  const asked = fc
    .assert(
      fc.asyncProperty(fc.scheduler(), (scheduler) => scheduler.waitFor(new Promise(() => {}))),
      { numRuns: 1 },
    )
    .then(() => 'passes', String);
  const verdict = await Promise.race([asked, after(PEER_PATIENCE_MS)]);
  return {
    name: 'fast-check, waitFor',
    measured: verdict ?? `hangs; stopped after ${PEER_PATIENCE_MS} ms, no reason given`,
  };
}

async function plainMocha({ signal }: SelfTestRun) {
  const { report } = await runMocha([fixture('never-settles.fixture.ts')], { plugin: false, signal });
  return { name: 'plain Mocha', measured: report?.failures[0]?.err.message.split('.')[0] ?? 'says nothing' };
}

async function trips(): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const report = new VirtualClock().runUntil(() => promise).catch((error: unknown) => error);
  const seen = await Promise.race([report, after(LIMIT_MS)]);
  resolve();
  await report;
  return seen instanceof Deadlock;
}

function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => realTime.setTimeout(() => resolve(undefined), milliseconds));
}
