import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Goal, Measured, SelfTestRun } from '../goal.ts';
import { runMocha, type MochaOptions, type MochaRun } from '../run-mocha.ts';

const fixture = (name: string): string => join(import.meta.dirname, `../fixtures/leak-${name}.fixture.ts`);
const KINDS = 12;
const LEAST_LINES = 11;
const CLEAN = 1_000;
const ROUNDS = 2;
const HOOKS = { guilty: ['leaves more than the hook closes', 'leaves a timer'], innocent: 2 };

/** What a test opens and does not close fails that test, and says which line opened it. */
export const leakLedger: Goal = {
  id: 'K12',
  claim: 'nothing that a test opens outlives it unseen',
  target: `${KINDS} of ${KINDS} kinds, ${LEAST_LINES} with their line, 0 false reports in ${CLEAN} clean tests`,
  takesLong: true,
  check: async (run) => {
    run.progress('kinds of leaks');
    const kinds = await runKinds({ plugin: true, signal: run.signal });
    const caught = await caughtIn(kinds);
    run.progress('hooks');
    const hooks = await runMocha([fixture('hooks')], { plugin: true, args: ['--exit'], signal: run.signal });
    const misjudged = misjudgedIn(hooks);
    run.progress('plain Mocha');
    const plain = await runKinds({ plugin: false, signal: run.signal }, '--check-leaks');
    const clean = await cleanRuns(run);
    const calls = { on: await tinyCalls(run, true), off: await tinyCalls(run, false) };

    return {
      passed:
        caught.missed.length === 0 &&
        caught.lines >= LEAST_LINES &&
        misjudged.length === 0 &&
        clean.failures.length === 0 &&
        clean.passes === CLEAN,
      measured:
        `${KINDS - caught.missed.length} of ${KINDS}, ${caught.lines} with their line; ` +
        `${clean.failures.length} false in ${clean.passes + clean.failures.length}; ` +
        `those take ${clean.on.toFixed(0)} ms of processor time, ${clean.off.toFixed(0)} ms without; ` +
        `200,000 async calls in ${calls.on.toFixed(0)} ms, ${calls.off.toFixed(0)} ms without`,
      peers: [{ name: 'plain Mocha --check-leaks', measured: `${plain.report?.stats.failures} of ${KINDS}` }],
      details: [...caught.missed, ...misjudged, ...clean.failures],
    } satisfies Measured;
  },
  canaries: [
    {
      detector: 'leaks',
      trips: async ({ signal }) => {
        const { report } = await runKinds({ plugin: true, signal }, '--grep', 'a timer');
        return report?.failures.some(({ err }) => err.message.includes('- a timer, opened at')) ?? false;
      },
    },
  ],
};

/** What was left keeps a process alive, so that Mocha has to end it. */
function runKinds(options: MochaOptions, ...args: readonly string[]): Promise<MochaRun> {
  return runMocha([fixture('kinds')], { ...options, args: ['--exit', ...args] });
}

/** The fixture marks each line that leaves something behind with the title of its test. */
async function caughtIn({ report }: MochaRun): Promise<{ missed: readonly string[]; lines: number }> {
  const source = (await readFile(fixture('kinds'), 'utf8')).split('\n');
  const titles = source.flatMap((line) => /^ {2}it\('(.*?)'/.exec(line)?.[1] ?? []);
  const messages = new Map(report?.failures.map(({ title, err }) => [title, err.message]));
  const lineOf = (title: string): number => source.findIndex((line) => line.endsWith(`// ${title}`)) + 1;
  const places = titles.filter((title) => messages.get(title)?.includes(`fixture.ts:${lineOf(title)}:`));
  const missing = Array.from({ length: KINDS - titles.length }, () => 'a kind that the fixture does not have');
  return {
    missed: [...titles.filter((title) => !messages.get(title)?.includes('never closed')), ...missing],
    lines: places.length,
  };
}

/** Hooks open for others and close for others: who is named at the end of the run is who really left something. */
function misjudgedIn({ report, stdout }: MochaRun): readonly string[] {
  const said = report?.failures.map(({ title, err }) => `${title}: ${err.message}`) ?? [];
  const missed = HOOKS.guilty.filter((title) => !said.some((line) => line.includes(title)));
  const innocent = report?.passes.length ?? 0;
  return [
    ...missed.map((title) => `not named: ${title}`),
    ...(report === undefined ? [`no report: ${stdout}`] : []),
    ...(said.some((line) => /lets a hook close|opens for the process|for the suite/.test(line)) ? said : []),
    ...(innocent < HOOKS.innocent ? [`${innocent} passed`] : []),
  ];
}

type CleanRuns = { passes: number; failures: readonly string[]; on: number; off: number };

/** The same tests with and without the ledger, in turns: the best of each, in processor time, which others disturb least. */
async function cleanRuns(run: SelfTestRun): Promise<CleanRuns> {
  const result: CleanRuns = { passes: 0, failures: [], on: Infinity, off: Infinity };
  for (let round = 1; round <= ROUNDS; round += 1) {
    run.progress(`${CLEAN} clean tests, round ${round} of ${ROUNDS}`);
    const { report, stderr } = await runMocha([fixture('clean')], { plugin: true, signal: run.signal });
    result.passes = report?.stats.passes ?? 0;
    result.failures = report?.failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message}`) ?? [stderr];
    result.on = Math.min(result.on, millisecondsIn(stderr));
    result.off = Math.min(result.off, millisecondsIn((await without([fixture('clean')], run)).stderr));
    if (result.failures.length > 0) break;
  }
  return result;
}

async function tinyCalls(run: SelfTestRun, on: boolean): Promise<number> {
  const file = [fixture('tiny-calls')];
  const { stderr } = await (on ? runMocha(file, { plugin: true, signal: run.signal }) : without(file, run));
  return millisecondsIn(stderr);
}

/** What the fixture says that it took. */
function millisecondsIn(stderr: string): number {
  return Number(/milliseconds: ([\d.]+)/.exec(stderr)?.[1]);
}

function without(files: readonly string[], { signal }: SelfTestRun): Promise<MochaRun> {
  return runMocha(files, { plugin: true, env: { LOCKSTEP_TEST_OFF: 'leaks' }, signal });
}
