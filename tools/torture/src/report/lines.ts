import { table } from '#tools/command';
import type { Row } from '../campaign.ts';
import { upperBound } from '../judge.ts';

/** One line of the table with what it stands on. */
export type Line = Row & { readonly seed: number; readonly tookMs: number };

const HEAD = ['', 'figure', 'N', 'result', '95 % bound', 'seed', 'took'];

export function asTable(lines: readonly Line[]): readonly string[] {
  return table(HEAD, lines.map(cells));
}

export type Origin = { readonly commit: string; readonly command: string; readonly machine: string };

/** The same as a page of the documents. */
export function asPage(lines: readonly Line[], { commit, command, machine }: Origin): string {
  const rows = [HEAD, HEAD.map(() => '---'), ...lines.map((line) => cells(line).map(String))];
  return `# Torture

What campaigns with real processes over a real PostgreSQL have found. Written by the command itself; \`npm run torture -- --prove\` shows
that each campaign finds the faults it is there for. The bound is how often the fault could still happen, at 95 % confidence,
when it was never seen in N trials.

- command: \`${command}\`
- commit: \`${commit}\`
- machine: ${machine}

${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

function cells({ met, figure, n, result, isZeroInN, seed, tookMs }: Line): (string | number)[] {
  const bound = isZeroInN && met ? `${(upperBound(n) * 100).toPrecision(2)} %` : '';
  return [met ? 'met' : 'MISSED', figure, n, result, bound, seed, `${Math.round(tookMs / 1_000)} s`];
}
