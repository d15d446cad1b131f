import type { Opened } from './ledger.ts';

/** A test has ended, and these of its resources have not. */
export class LeakError extends Error {
  override readonly name = 'LeakError';

  constructor(leaks: readonly Opened[]) {
    const lines = new Map<string, number>();
    for (const leak of leaks) lines.set(lineOf(leak), (lines.get(lineOf(leak)) ?? 0) + 1);
    const spoken = [...lines].map(([line, count]) => (count === 1 ? `  - ${line}` : `  - ${count} times ${line}`));
    super(`The test has ended and leaves open:\n${spoken.join('\n')}\n${WAY_OUT}`);
  }
}

const WAY_OUT =
  'What the process keeps for all of its tests is opened inside `outsideTests` of #testing/runtime, or with `shared`.';

function lineOf({ what, place, advice }: Opened): string {
  return `${what}${place === undefined ? '' : `, opened at ${place}`}: ${advice}`;
}
