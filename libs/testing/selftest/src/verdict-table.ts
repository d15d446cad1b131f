import type { Goal, Measured } from './goal.ts';

export type Verdict = Pick<Goal, 'id' | 'claim' | 'target'> & Measured & { readonly milliseconds: number };

const columns = [
  { title: 'goal', width: 6 },
  { title: 'target', width: 40 },
  { title: 'measured', width: 34 },
  { title: 'peers', width: 38 },
  { title: 'verdict', width: 7 },
] as const;

/** All verdicts side by side, and below it why those failed that did. */
export function verdictTable(verdicts: readonly Verdict[]): readonly string[] {
  const rows = verdicts.map(({ id, target, measured, peers, passed }) => [
    id,
    target,
    measured,
    peers.map((peer) => `${peer.name}: ${peer.measured}`).join('\n'),
    passed ? 'passed' : 'FAILED',
  ]);
  return [
    ...linesOf(columns.map(({ title }) => title)),
    columns.map(({ width }) => '-'.repeat(width)).join('  '),
    ...rows.flatMap(linesOf),
    ...verdicts.filter(({ passed }) => !passed).flatMap(reasonsOf),
  ];
}

function linesOf(cells: readonly string[]): readonly string[] {
  const wrapped = columns.map(({ width }, index) => wrap(cells[index] ?? '', width));
  const height = Math.max(...wrapped.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ width }, index) => (wrapped[index]?.[line] ?? '').padEnd(width))
      .join('  ')
      .trimEnd(),
  );
}

/** At spaces; a word that is longer than the line stands out of it. */
function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const line = lines.at(-1)!;
      const longer = line === '' ? word : `${line} ${word}`;
      if (longer.length <= width || line === '') lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  });
}

function reasonsOf({ id, claim, details = [] }: Verdict): readonly string[] {
  return ['', `✗ ${id} ${claim}`, ...details.map((detail) => `    ${detail.replaceAll('\n', '\n    ')}`)];
}
