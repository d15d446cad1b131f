import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eachAtATime } from './each-at-a-time.ts';
import type { Goal } from './goal.ts';
import type { Verdict } from './verdict-table.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const AT_A_TIME = 2;

/**
 * Checks each goal in a process of its own: some take over timers or hold the thread, which is no matter of the others.
 * Two at a time, but for those that tell time; the verdicts come in the order of the goals.
 */
export async function verdictsOn(goals: readonly Goal[]): Promise<readonly Verdict[]> {
  const [timed, others] = [goals.filter(({ tellsTime }) => tellsTime), goals.filter(({ tellsTime }) => !tellsTime)];
  const longestFirst = [
    ...others.filter(({ takesLong }) => takesLong),
    ...others.filter(({ takesLong }) => !takesLong),
  ];
  const verdicts = [
    ...(await eachAtATime(AT_A_TIME, longestFirst, verdictApart)),
    ...(await eachAtATime(1, timed, verdictApart)),
  ];
  return goals.flatMap(({ id }) => verdicts.find((verdict) => verdict.id === id) ?? []);
}

async function verdictApart({ id, claim, target }: Goal): Promise<Verdict> {
  const started = performance.now();
  const self = spawn(process.execPath, [MAIN, '--json', id], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [exitCode, signal]] = await Promise.all([text(self.stdout), once(self, 'close')]);
  const verdict = verdictIn(said);
  if (verdict?.id === id && verdict.passed === (exitCode === 0)) return verdict;
  return {
    id,
    claim,
    target,
    passed: false,
    measured: `the check ended with ${signal ?? exitCode}`,
    peers: [],
    details: [said],
    milliseconds: Math.round(performance.now() - started),
  };
}

function verdictIn(said: string): Verdict | undefined {
  try {
    return (JSON.parse(said) as readonly Verdict[])[0];
  } catch {
    return undefined;
  }
}
