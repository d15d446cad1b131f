import { noteFact } from '#testing/runtime';

const PER_PROCESS = 3;
/** How many databases a process may keep, for a run that has to differ from the usual. */
const VARIABLE = 'LOCKSTEP_TEST_KEEP';

let kept = 0;

/**
 * A failed test's database helps the person who looks at it: there is none in CI, and nobody looks at hundreds. The workers of
 * Mocha's parallel mode know nothing of each other, so that each of them may keep as many as a run in one process.
 */
export function mayKeep(): boolean {
  const { CI, [VARIABLE]: asked } = process.env;
  return kept < Number(asked ?? (CI ? 0 : PER_PROCESS));
}

export function noteKept({ test, how }: { readonly test: string; readonly how: string }): string {
  kept += 1;
  noteFact({ topic: 'kept', text: `the database of "${test}": ${how.replaceAll('\n', ' ')}` });
  return how;
}

/** Writes into a failure how to look at the database in which it happened. */
export function tellKept(failure: unknown, how: string): void {
  if (!(failure instanceof Error)) return;
  const { message, stack = '' } = failure;
  failure.message = `${message}\n\nIts database is kept:\n  ${how.replaceAll('\n', '\n  ')}\n`;
  failure.stack = stack.replace(message, () => failure.message);
}
