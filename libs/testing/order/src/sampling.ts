import { type Choice } from './choice.ts';
import { TIME } from './step.ts';

export type Sampler = (choice: Choice) => number;

/** Numbers from 0 up to 1, the same for the same seed: the generator that Tommy Ettinger named Mulberry32. */
export function randomBy(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each option with the same chance. */
export function uniform(random: () => number): Sampler {
  return ({ options }) => Math.floor(random() * options.length);
}

/**
 * Whoever has the highest priority goes on, and at a few moments falls behind all others: a fault that needs d things in one
 * order is met with a chance of at least 1 in n * k^(d-1) for n actors with one open call each and k steps in all; of several
 * open calls of one actor any may come first. Burckhardt, Kothari, Musuvathi and
 * Nagarakatte, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010.
 */
export function pct(
  random: () => number,
  { steps, depth = 3 }: { readonly steps: number; readonly depth?: number },
): Sampler {
  const falls = new Map<number, number>();
  for (let place = 1; place < depth; place += 1) falls.set(Math.floor(random() * steps), -place);
  const priorities = new Map<string, number>();
  const priorityOf = (actor: string): number => {
    const known = priorities.get(actor);
    if (known !== undefined) return known;
    // Time that passes whenever it may would let nothing happen in time.
    const drawn = actor === TIME ? random() / 2 : random();
    priorities.set(actor, drawn);
    return drawn;
  };
  let moment = 0;
  return ({ options }) => {
    const highest = (): readonly number[] => {
      const ranks = options.map(({ actor }) => priorityOf(actor));
      return [...ranks.keys()].filter((index) => ranks[index] === Math.max(...ranks));
    };
    const fall = falls.get(moment);
    moment += 1;
    if (fall !== undefined) priorities.set(options[highest()[0] ?? 0]?.actor ?? '', fall);
    const own = highest();
    return own[own.length > 1 ? Math.floor(random() * own.length) : 0] ?? 0;
  };
}
