import type { TestResult } from './results.ts';

type Results = ReadonlyMap<string, TestResult>;

/** What a run says otherwise than the first one did, and what fails in it, as one line each. */
export function differences(first: Results, again: Results): readonly string[] {
  return [...new Set([...first.keys(), ...again.keys()])].sort().flatMap((project) => {
    const [before, now] = [first.get(project), again.get(project)];
    if (now === undefined) return [`${project} has no result`];
    if (before === undefined) return [`${project} had no result in the first run`];
    const count =
      now.passed === before.passed ? [] : [`${project}: ${now.passed} passed, ${before.passed} in the first run`];
    return [...count, ...now.failures.map(({ title, error }) => `${project}: ${title}: ${error.split('\n')[0]}`)];
  });
}
