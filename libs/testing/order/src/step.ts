import type { PortCall } from '#testing/container';

/** What a step reads and writes, as names of whatever may be shared: `device 7`, `the queue`. */
export type Keys = {
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
};

/**
 * Says what a call reads and writes. Undefined is the cautious answer: everything, so that no two orders with it count as
 * the same. An effect that is left out makes the search miss orders.
 */
export type KeysOf = (call: PortCall) => Keys | undefined;

/** Something that happens at once when it is chosen, and that nothing else can interrupt. */
export type Step = {
  /** The one who takes it; time passes by the hand of nobody. */
  readonly actor: string;
  /** Which of the actor's steps it is, counted from 1 in the order in which they were asked for. */
  readonly number: number;
  /** Such as `Devices.find`, or `Transaction.run ends` where the work of a transaction has handed back its answer. */
  readonly what: string;
  /** Undefined is everything. */
  readonly keys: Keys | undefined;
  /** The values that were given, for people to read. */
  readonly args: readonly unknown[];
};

export const TIME = 'time';

/** Whether two steps may change places without anybody noticing. Steps of one actor may not. */
export function areIndependent(one: Step, other: Step): boolean {
  if (one.actor === other.actor || one.keys === undefined || other.keys === undefined) return false;
  return !touches(one.keys, other.keys) && !touches(other.keys, one.keys);
}

function touches({ writes = [] }: Keys, { reads = [], writes: others = [] }: Keys): boolean {
  return writes.some((key) => reads.includes(key) || others.includes(key));
}

/** What steps read and write together. */
export function keysTogether(all: readonly (Keys | undefined)[]): Keys | undefined {
  const reads = new Set<string>();
  const writes = new Set<string>();
  for (const keys of all) {
    if (keys === undefined) return undefined;
    for (const key of keys.reads ?? []) reads.add(key);
    for (const key of keys.writes ?? []) writes.add(key);
  }
  return { reads: [...reads], writes: [...writes] };
}

/** Whether it is the same step, in two runs or at two moments of one between which its actor has not moved. */
export function isSame(one: Step, other: Step | undefined): boolean {
  if (one.actor !== other?.actor) return false;
  return one.actor === TIME || (one.number === other.number && one.what === other.what);
}
