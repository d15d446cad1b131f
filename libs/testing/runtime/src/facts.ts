/**
 * What a run has to say about itself beyond passed and failed, so that nobody reads more into it than was done. One line of
 * the report each: `topic` is its heading, `text` the statement. Equal facts are counted.
 */
export type Fact = { readonly topic: FactTopic; readonly text: string };

/** The report has a place for each of these, also when there is nothing to say: then it says so. */
export type FactTopic = (typeof factTopics)[number];

export const factTopics = [
  'order', // in which order the tests ran, and the seed that repeats it
  'seed', // of generated values
  'rung', // how a suite's tests were kept apart in the database
  'orders', // in which orders actors were put, and whether those were all
  'faults', // which faults a workflow was put to, and how many of them it bore
  'not controlled', // time, I/O or randomness that the kit saw go past its ports
  'unknown owner', // failures and leaks whose test could not be told
  'ignored cancellation', // tests and operations that went on after their signal aborted
  'kept', // what was left on purpose for a person to look at
  'switched off', // detectors that did not watch
] as const;

export type CountedFact = Fact & { readonly count: number };

const counts = new Map<string, { readonly fact: Fact; count: number }>();

/** Adds to the report of this run; `times` where the same was seen more than once. */
export function noteFact({ topic, text }: Fact, times = 1): void {
  const key = JSON.stringify([topic, text]);
  const known = counts.get(key);
  if (known) known.count += times;
  else counts.set(key, { fact: { topic, text }, count: times });
}

export function facts(): readonly CountedFact[] {
  return [...counts.values()].map(({ fact, count }) => ({ ...fact, count }));
}
