import { isSwitch, usual, type Choice } from './choice.ts';
import { mayChangePlaces, racesIn, type Event } from './happens-before.ts';
import type { Order } from './order.ts';
import { OtherProgram, type Searched, type SearchLimits } from './search.ts';
import { isSame, type Step } from './step.ts';
import { NO_EFFECTS, type Effects } from './taken.ts';

/** A step that was taken somewhere; what it has brought about is known as soon as the next one is chosen. */
type Tried = { readonly step: Step; effects: Effects };

/** A moment of a run at which one of several steps had to be taken. */
type Point = {
  readonly before: Branch | undefined;
  readonly choice: Choice;
  /** Switches on the way to it. */
  readonly cost: number;
  /** For each option, how many steps had been taken when it was one for the first time. */
  readonly since: readonly number[];
  /** What need not be taken here, because an order that was begun before shows the same. */
  readonly asleep: readonly Tried[];
  /** Options that were taken, in the order in which that was. */
  readonly tried: Map<number, Tried>;
  /** Options that were taken, or will be. */
  readonly wanted: Set<number>;
};

type Branch = { readonly point: Point; readonly option: number };

/**
 * Runs one order of all that differ only in the order of independent steps. Goes another way only where a run shows two steps in
 * conflict that could have come the other way round: Abdulla, Aronis, Jonsson and Sagonas, Optimal Dynamic Partial Order
 * Reduction, POPL 2014, section 4; a run that comes to where only steps are left that others have seen to is cut short:
 * Godefroid, Partial-Order Methods for the Verification of Concurrent Systems, LNCS 1032, chapter 5. Of the ways that are known
 * to be needed, those with few switches come first; what is found to be needed later may have fewer.
 */
export async function reducedSearch(
  run: (choose: (choice: Choice) => number | undefined) => Promise<Order>,
  { orders: most, isOver }: Pick<SearchLimits, 'orders' | 'isOver'>,
): Promise<Searched> {
  const waiting: Branch[][] = [];
  let [orders, redundant] = [0, 0];
  let next: Branch | undefined;
  do {
    if (orders + redundant >= most || isOver()) return { orders, redundant, allUpTo: -1, failure: undefined };
    const walk = new Walk(next);
    const order = await run(walk.choose);
    if (walk.isRedundant) redundant += 1;
    else orders += 1;
    if (order.error !== undefined && !walk.isRedundant) return { orders, redundant, allUpTo: -1, failure: order };
    for (const branch of walk.branches(order)) (waiting[costOf(branch)] ??= []).push(branch);
    next = waiting.find((level) => level !== undefined && level.length > 0)?.shift();
  } while (next !== undefined);
  return { orders, redundant, allUpTo: Infinity, failure: undefined };
}

/** Goes to a branch, and from there on the usual way. */
class Walk {
  isRedundant = false;
  readonly #way: readonly Branch[];
  readonly #taken: Branch[] = [];
  #end: Point | undefined;

  constructor(to: Branch | undefined) {
    const way: Branch[] = [];
    for (let branch = to; branch !== undefined; branch = branch.point.before) way.push(branch);
    this.#way = way.reverse();
  }

  readonly choose = (choice: Choice): number | undefined => {
    const known = this.#way[this.#taken.length];
    if (known !== undefined) {
      const step = stepOf(known);
      if (!isSame(step, choice.options[known.option])) throw new OtherProgram(step, choice.options);
      return this.#take(known);
    }
    const point = pointAfter(this.#taken.at(-1), choice, this.#taken.length);
    const awake = [...choice.options.keys()].filter((option) => !isAsleep(point, option));
    const option = awake.includes(usual(choice)) ? usual(choice) : awake[0];
    if (option !== undefined) return this.#take({ point, option });
    this.isRedundant = true;
    this.#end = point;
    return undefined;
  };

  #take(branch: Branch): number {
    const { point, option } = branch;
    this.#taken.push(branch);
    point.wanted.add(option);
    if (!point.tried.has(option)) point.tried.set(option, { step: stepOf(branch), effects: NO_EFFECTS });
    return option;
  }

  /** Other ways that this run has shown to be needed. */
  branches({ steps }: Order): readonly Branch[] {
    const [last, end] = [this.#taken.at(-1), steps.at(-1)];
    if (last !== undefined && end !== undefined) triedOf(last).effects = end.effects;
    const seen = Math.max(this.#way.length - 1, 0);
    const events = this.#taken.map((branch): Event => ({ ...triedOf(branch), since: sinceOf(branch) }));
    const branches: Branch[] = [];
    for (const { at, instead } of racesIn(events, seen)) {
      const { point } = this.#taken[at] as Branch;
      const options = instead.map((place) => optionOf(point, (events[place] as Event).step));
      if (options.some((option) => point.wanted.has(option) || isAsleep(point, option))) continue;
      const known = options.filter((option) => option !== -1);
      const [best] = known.toSorted((one, other) => costOf({ point, option: one }) - costOf({ point, option: other }));
      branches.push(...wanting(point, best === undefined ? point.choice.options.keys() : [best]));
    }
    for (let at = seen; at < this.#taken.length; at += 1) branches.push(...this.#prevented(at));
    return branches;
  }

  /** Options that were gone after a step without having been taken, as time is once nobody waits for it any more. */
  #prevented(at: number): readonly Branch[] {
    const { point, option } = this.#taken[at] as Branch;
    const next = this.#taken[at + 1]?.point ?? this.#end;
    const gone = [...point.choice.options.keys()].filter((other) => {
      const step = stepOf({ point, option: other });
      return other !== option && (next === undefined || optionOf(next, step) === -1);
    });
    return wanting(point, gone);
  }
}

function pointAfter(before: Branch | undefined, choice: Choice, depth: number): Point {
  const own = { before, choice, tried: new Map<number, Tried>(), wanted: new Set<number>() };
  if (before === undefined) return { ...own, cost: 0, since: choice.options.map(() => 0), asleep: [] };
  const { point } = before;
  const taken = triedOf(before);
  taken.effects = choice.effects;
  const since = choice.options.map((step) => {
    const known = isSame(step, taken.step) ? -1 : optionOf(point, step);
    return point.since[known] ?? depth;
  });
  const earlier = [...point.tried.values()].filter((tried) => tried !== taken);
  const asleep = [...point.asleep, ...earlier].filter((one) => mayChangePlaces(one, taken));
  return { ...own, cost: costOf(before), since, asleep };
}

/** Those of the options that were not wanted before, and are from now on. */
function wanting(point: Point, options: Iterable<number>): readonly Branch[] {
  const added = [...options].filter((option) => !point.wanted.has(option) && !isAsleep(point, option));
  for (const option of added) point.wanted.add(option);
  return added.map((option) => ({ point, option }));
}

function isAsleep({ asleep, choice }: Point, option: number): boolean {
  return asleep.some(({ step }) => isSame(step, choice.options[option]));
}

function optionOf({ choice }: Point, step: Step): number {
  return choice.options.findIndex((option) => isSame(option, step));
}

function stepOf({ point, option }: Branch): Step {
  return point.choice.options[option] as Step;
}

function triedOf({ point, option }: Branch): Tried {
  return point.tried.get(option) as Tried;
}

function sinceOf({ point, option }: Branch): number {
  return point.since[option] as number;
}

function costOf({ point, option }: Branch): number {
  return point.cost + (isSwitch(point.choice, option) ? 1 : 0);
}
