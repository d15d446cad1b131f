import { areIndependent, keysTogether, type Step } from './step.ts';
import type { Effects } from './taken.ts';

/** A step together with what was seen of it when it was taken. */
export type Event = {
  readonly step: Step;
  readonly effects: Effects;
  /** How many steps had been taken when it could be taken for the first time. */
  readonly since: number;
};

/** Two steps of one run that are in conflict, and that could have come the other way round. */
export type Race = {
  /** The one that came first. */
  readonly at: number;
  /** Steps each of which can be taken in its place, on the way to the other one: nothing that comes in between has to precede them. */
  readonly instead: readonly number[];
};

/**
 * Whether two steps may change places without anybody noticing. A step that lets another actor go on runs that one's code, and
 * does what the call does that had to wait: who waits for the first of two goes on otherwise after the second.
 */
export function mayChangePlaces(one: Omit<Event, 'since'>, other: Omit<Event, 'since'>): boolean {
  return one.effects.moved.isDisjointFrom(other.effects.moved) && areIndependent(inAll(one), inAll(other));
}

/** A step with all that was read and written by it. */
function inAll({ step, effects: { ended } }: Omit<Event, 'since'>): Step {
  return ended.length === 0 ? step : { ...step, keys: keysTogether([step.keys, ...ended]) };
}

/**
 * The races whose later step is one of those from `from` on. A step happens before another where they are in conflict, or
 * where others stand between them that do; nothing but the two stands between those that race.
 */
export function racesIn(events: readonly Event[], from: number): readonly Race[] {
  const races: Race[] = [];
  const before: bigint[] = []; // as sets of places
  for (const [place, event] of events.entries()) {
    let past = 0n;
    for (let at = place - 1; at >= 0; at -= 1) {
      const other = events[at] as Event;
      const isItsCause = event.since === at + 1;
      if (!isItsCause && mayChangePlaces(other, event)) continue;
      if (place >= from && !isItsCause && !has(past, at))
        races.push({ at, instead: insteadOf(at, place, { before, past }) });
      past |= (before[at] as bigint) | bit(at);
    }
    before.push(past);
  }
  return races;
}

type Pasts = { readonly before: readonly bigint[]; readonly past: bigint };

/** Of those that need not come after `at`, up to and with `place`, the ones that need none of the others. */
function insteadOf(at: number, place: number, { before, past }: Pasts): readonly number[] {
  let free = 0n;
  const first: number[] = [];
  for (let one = at + 1; one < place; one += 1) {
    const own = before[one] as bigint;
    if (has(own, at)) continue;
    if ((own & free) === 0n) first.push(one);
    free |= bit(one);
  }
  return (past & free) === 0n ? [...first, place] : first;
}

function bit(place: number): bigint {
  return 1n << BigInt(place);
}

function has(places: bigint, place: number): boolean {
  return (places & bit(place)) !== 0n;
}
