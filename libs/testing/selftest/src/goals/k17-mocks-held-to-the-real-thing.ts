import { contractFaults, type Sources } from '#testing/contracts';
import { join } from 'node:path';
import { differences } from '../fixtures/books/in-memory-books.ts';
import type { Goal, SelfTestRun } from '../goal.ts';
import { runMocha } from '../run-mocha.ts';

const fixture = (name: string): string => join(import.meta.dirname, '../fixtures', name);
const SUITE = fixture('contract-suite.fixture.ts');
const WITHOUT_SUITE = fixture('mock-without-suite.fixture.ts');

/** A mock that differs from the real adapter fails, and none is left out. */
export const mocksHeldToTheRealThing: Goal = {
  id: 'K17',
  claim: 'mocks are held to the real thing',
  target: `${differences.length} of ${differences.length} planted differences, 2 of 2 left out`,
  check: async (run) => {
    const bySuite = await caught(SUITE, run);
    const byHand = await caught(WITHOUT_SUITE, run);
    const leftOut = gaps.map(({ sources, says }) =>
      contractFaults(sources).some(({ problem }) => problem.startsWith(says)),
    );
    const noticed = leftOut.filter(Boolean).length;
    const missed = differences.filter((difference) => !bySuite.found.includes(difference));
    const falseAlarm = bySuite.quietWithout && byHand.quietWithout ? [] : ['fails although nothing is planted'];
    return {
      passed: missed.length === 0 && noticed === gaps.length && falseAlarm.length === 0,
      measured: `${bySuite.found.length} of ${differences.length}, ${noticed} of ${gaps.length}`,
      peers: [
        { name: 'hand-written mock without a suite', measured: `${byHand.found.length} of ${differences.length}` },
      ],
      details: [...missed.map((difference) => `${difference} is not found`), ...falseAlarm],
    };
  },
};

/** The differences for which tests of the mock fail, and none of the real adapter. */
async function caught(file: string, { signal, progress }: SelfTestRun) {
  const failures = async (planted: string): Promise<readonly string[]> => {
    const { exitCode, report } = await runMocha([file], { plugin: false, signal, env: { PLANTED: planted } });
    if (report === undefined) throw new Error(`${file} did not run with "${planted}" planted (exit ${exitCode}).`);
    return report.failures.map(({ fullTitle }) => fullTitle);
  };
  const quietWithout = (await failures('')).length === 0;
  const found: string[] = [];
  for (const difference of differences) {
    progress(difference);
    const failed = await failures(difference);
    if (failed.length > 0 && failed.every(isOfMock)) found.push(difference);
  }
  return { quietWithout, found };
}

function isOfMock(title: string): boolean {
  return title.startsWith('InMemoryBooks as Books ') || title.startsWith('addBooks over a mock without a suite ');
}

const port: readonly [string, string][] = [
  ['/repo/clock.ts', 'export abstract class Clock { abstract now(): Date; }'],
  ['/repo/system-clock.ts', `import { Clock } from './clock.ts'; export class SystemClock extends Clock {}`],
];
const suite: readonly [string, string][] = [
  [
    '/repo/clock.contract.ts',
    `import { Clock } from './clock.ts'; export const clockContract = contract(Clock, () => it('is one', () => {}));`,
  ],
];
const gaps: readonly { readonly sources: Sources; readonly says: string }[] = [
  { sources: new Map(port), says: 'The port Clock has no suite.' },
  { sources: new Map([...port, ...suite]), says: 'SystemClock is not held to the suite of its port.' },
];
