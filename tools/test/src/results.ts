import type { CountedFact } from '#testing/runtime';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

export type Failure = { readonly title: string; readonly error: string };

/** What one run of one project's tests came to. */
export type TestResult = {
  readonly project: string;
  readonly passed: number;
  readonly failed: number;
  readonly pending: number;
  readonly milliseconds: number;
  readonly failures: readonly Failure[];
  /** What the run had to say about itself. */
  readonly facts: readonly CountedFact[];
};

export type Target = 'test' | 'test:system';

/** The file a run is recorded in, from the root of the workspace. Nx restores it with a cached run. */
export function resultFile(project: string, target: Target): string {
  return `test-results/${project}${suffixes[target]}`;
}

const suffixes = { test: '.json', 'test:system': '.system.json' } as const;

/** Forgets earlier runs, so that whatever is there afterwards was written, or restored, by this one. */
export function forgetResults(root: string, target: Target): void {
  for (const file of resultFiles(root, target)) rmSync(file);
}

export function readResults(root: string, target: Target): ReadonlyMap<string, TestResult> {
  const results = resultFiles(root, target).map((file) => JSON.parse(readFileSync(file, 'utf8')) as TestResult);
  return new Map(results.map((result) => [result.project, result]));
}

function resultFiles(root: string, target: Target): readonly string[] {
  const files = globSync(`test-results/*${suffixes[target]}`, { cwd: root });
  return files
    .filter((file) => target === 'test:system' || !basename(file).endsWith(suffixes['test:system']))
    .map((file) => join(root, file));
}
