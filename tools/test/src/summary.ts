import { table } from '#tools/command';
import type { TestResult } from './results.ts';

export type Summary = { readonly lines: readonly string[]; readonly passed: number; readonly failed: number };

type Row = { readonly project: string; readonly passed: number; readonly failed: number; readonly note: string };

/**
 * What all projects came to. A project that ran no test, ended before its end or left a test out counts as failed, and so
 * does a failure that no project accounts for: the totals never look better than the run was.
 */
export function summarize(
  projects: readonly string[],
  results: ReadonlyMap<string, TestResult>,
  { everythingSucceeded }: { readonly everythingSucceeded: boolean },
): Summary {
  const rows = projects.toSorted().map((project) => rowOf(project, results.get(project)));
  if (rows.length === 0) rows.push(fault('(none)', 'no project has such tests'));
  if (!everythingSucceeded && rows.every(({ failed }) => failed === 0)) {
    rows.push(fault('(unknown)', 'a run failed after its tests had passed: see its output above'));
  }

  const cells = rows.map(({ project, passed, failed, note }) => [project, passed, failed, note]);
  return {
    lines: [
      ...projects.flatMap((project) => failuresOf(results.get(project))),
      ...table(['project', 'passed', 'failed', ''], cells),
    ],
    passed: rows.reduce((sum, { passed }) => sum + passed, 0),
    failed: rows.reduce((sum, { failed }) => sum + failed, 0),
  };
}

function rowOf(project: string, result: TestResult | undefined): Row {
  if (result === undefined) return fault(project, 'no result: the run ended before its end');
  const { passed, failed, pending } = result;
  if (passed + failed + pending === 0) return fault(project, 'no test ran');
  return { project, passed, failed: failed + pending, note: pending > 0 ? `${pending} left out` : '' };
}

function fault(project: string, note: string): Row {
  return { project, passed: 0, failed: 1, note };
}

function failuresOf(result: TestResult | undefined): readonly string[] {
  return (result?.failures ?? []).flatMap(({ title, error }) => [
    `✗ ${result?.project}: ${title}`,
    indented(error),
    '',
  ]);
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
