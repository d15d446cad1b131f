import { factTopics, type CountedFact, type FactTopic } from '#testing/runtime';

/** What the report says of a topic that no fact was noted of. None may be empty: saying nothing is not saying that all is well. */
const quiet: Readonly<Record<FactTopic, string>> = {
  order: 'order not told',
  seed: 'no seeds',
  rung: 'no database',
  orders: 'no orders explored',
  faults: 'no faults swept',
  'not controlled': 'nothing uncontrolled seen',
  'unknown owner': 'every failure has its owner',
  'ignored cancellation': 'no cancellation ignored',
  kept: 'nothing kept',
  'switched off': 'all detectors on',
};

/** Topics whose facts are a few words, said in the first line. */
const inline: readonly FactTopic[] = ['order'];
const MOST_FACTS = 12;

/**
 * The end of every run's output: one line when there is nothing to tell, and a line more for each fact. A topic with too
 * many facts says how many it leaves out.
 */
export function honestReport(facts: readonly CountedFact[]): readonly string[] {
  const of = (topic: FactTopic): readonly CountedFact[] => facts.filter((fact) => fact.topic === topic);
  const first = factTopics.flatMap((topic) => {
    const known = of(topic);
    if (known.length === 0) return [quiet[topic]];
    return inline.includes(topic) ? known.map(({ text }) => text) : [];
  });
  const told = factTopics.filter((topic) => !inline.includes(topic)).flatMap((topic) => linesOf(topic, of(topic)));
  return [`honest report: ${first.join(' · ')}`, ...told];
}

function linesOf(topic: FactTopic, facts: readonly CountedFact[]): readonly string[] {
  const lines = facts
    .slice(0, MOST_FACTS)
    .map(({ text, count }) => `  ${topic}: ${text}${count > 1 ? ` (${count} times)` : ''}`);
  const more = facts.length - lines.length;
  return more > 0 ? [...lines, `  ${topic}: and ${more} more`] : lines;
}
