import type { Opened } from './ledger.ts';

const WAY_OUT =
  'What the process keeps for all of its tests is opened inside `outsideTests` of #testing/runtime, or with `shared`.';

/** Resources that outlive the test that opened them. Its stack is made of the lines that opened them. */
export class LeakError extends Error {
  override readonly name = 'LeakError';

  constructor(leaks: readonly Opened[]) {
    const counts = new Map<string, number>();
    for (const leak of leaks) counts.set(spoken(leak), (counts.get(spoken(leak)) ?? 0) + 1);
    const lines = [...counts].map(([line, count]) => `  - ${count === 1 ? '' : `${count} times `}${line}`);
    super(`This was opened and never closed:\n${lines.join('\n')}\n${WAY_OUT}`);
    const places = new Set(leaks.flatMap(({ place }) => place ?? []));
    this.stack = [`${this.name}: ${this.message}`, ...[...places].map((place) => `    at ${place}`)].join('\n');
  }
}

function spoken({ what, place, advice }: Opened): string {
  return `${what}${place === undefined ? '' : `, opened at ${place}`}: ${advice}`;
}
