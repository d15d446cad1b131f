import type { Goal, Measured } from './goal.ts';
import type { Verdict } from './verdict-table.ts';

const GOAL_LIMIT_MS = 300_000;

/** Checks a goal in this process, and says on stderr what came of it. */
export async function verdictOn({ id, claim, target, check }: Goal): Promise<Verdict> {
  const started = performance.now();
  const measured = await check({ signal: AbortSignal.timeout(GOAL_LIMIT_MS), progress: (line) => say(id, line) }).catch(
    (error: unknown): Measured => ({
      passed: false,
      measured: 'the check itself failed',
      peers: [],
      details: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    }),
  );
  const milliseconds = Math.round(performance.now() - started);
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  console.error(`${measured.passed ? '✓' : '✗'} ${id} ${claim} (${(milliseconds / 1000).toFixed(1)} s)`);
  return { id, claim, target, ...measured, milliseconds };
}

/** One line that changes on a terminal; a log gets the verdicts only. */
function say(id: string, line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${id}: ${line}`);
}
