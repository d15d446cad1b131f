import { inspect } from 'node:util';
import { nameOf, type RacerOutcome, type ValueOf } from './outcome.ts';

/** How often each end was seen, such as `{ fulfilled: 1, 'refused NameTaken': 9 }`. */
export type Tally = Readonly<Record<string, number>>;

/** How all racers ended, in the order in which they were named. Its text is a table for people. */
export class OutcomeTable<A = unknown> {
  readonly outcomes: readonly RacerOutcome<A>[];

  constructor(outcomes: readonly RacerOutcome<A>[]) {
    this.outcomes = outcomes;
  }

  get tally(): Tally {
    const counts: Record<string, number> = {};
    for (const outcome of this.outcomes) counts[nameOf(outcome)] = (counts[nameOf(outcome)] ?? 0) + 1;
    return counts;
  }

  of(racer: string): RacerOutcome<A> {
    const outcome = this.outcomes.find((one) => one.racer === racer);
    if (outcome === undefined) throw new Error(`There was no racer "${racer}":\n${this}`);
    return outcome;
  }

  /** What the racers that were fulfilled came to. */
  get values(): readonly ValueOf<A>[] {
    return this.outcomes.flatMap((outcome) => (outcome.ended === 'fulfilled' ? [outcome.value] : []));
  }

  /** What those that were refused were told. */
  get refusals(): readonly unknown[] {
    return this.outcomes.flatMap((outcome) => (outcome.ended === 'refused' ? [outcome.error] : []));
  }

  /** Throws, with the table, unless the racers ended exactly like this. */
  expect(tally: Tally): void {
    const [expected, seen] = [ordered(tally), ordered(this.tally)];
    if (expected !== seen) throw new Error(`Expected ${expected}, and it was ${seen}:\n${this}`);
  }

  /** The one that was fulfilled; throws, with the table, when there was none or another. */
  winner(): { readonly racer: string; readonly value: ValueOf<A> } {
    const [first, second] = this.outcomes.filter((outcome) => outcome.ended === 'fulfilled');
    if (first === undefined) throw new Error(`Expected one racer to be fulfilled, and none was:\n${this}`);
    if (second !== undefined) throw new Error(`Expected one racer to be fulfilled, and more were:\n${this}`);
    return { racer: first.racer, value: first.value };
  }

  toString(): string {
    const width = Math.max(...this.outcomes.map(({ racer }) => racer.length));
    return this.outcomes.map((outcome) => `  ${outcome.racer.padEnd(width)}  ${told(outcome)}`).join('\n');
  }
}

function ordered(tally: Tally): string {
  const ends = Object.entries(tally).filter(([, count]) => count > 0);
  const told = ends.map(([end, count]) => `${count} ${end}`).sort();
  return told.join(', ') || 'nothing';
}

function told(outcome: RacerOutcome): string {
  const facts = outcome.ended === 'fulfilled' ? outcome.value : outcome.error;
  const detail = facts instanceof Error ? facts.message : inspect(facts, { breakLength: Infinity, depth: 3 });
  return `${nameOf(outcome)}: ${detail.split('\n')[0]}`;
}
