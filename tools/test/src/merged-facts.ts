import type { CountedFact } from '#testing/runtime';
import type { TestResult } from './results.ts';

/** What the runs of these projects had to say, each with its projects; what several said is said once. */
export function mergedFacts(
  projects: readonly string[],
  results: ReadonlyMap<string, TestResult>,
): readonly CountedFact[] {
  const merged = new Map<string, { readonly fact: CountedFact; count: number; readonly projects: string[] }>();
  for (const project of projects.toSorted()) {
    for (const fact of results.get(project)?.facts ?? []) {
      const key = JSON.stringify([fact.topic, fact.text]);
      const known = merged.get(key) ?? { fact, count: 0, projects: [] };
      known.count += fact.count;
      known.projects.push(project);
      merged.set(key, known);
    }
  }
  return [...merged.values()].map(({ fact, count, projects: by }) => ({
    topic: fact.topic,
    text: by.length === projects.length ? fact.text : `${fact.text} (${named(by)})`,
    count,
  }));
}

function named(projects: readonly string[]): string {
  return projects.length > 3 ? `${projects.length} projects` : projects.join(', ');
}
