import { isSwitch, usual, type Choice } from './choice.ts';
import type { Order } from './order.ts';
import { areIndependent, isSame, type Step } from './step.ts';

/** A point of the tree of all orders, by the options that lead to it. */
type Point = { readonly before: Point | undefined; readonly option: number; readonly step: Step };

/** A way into a part of the tree that nobody has seen. */
type Branch = {
  readonly to: Point | undefined;
  readonly asleep: readonly Step[];
};

export type SearchLimits = {
  readonly orders: number;
  /** Orders with more switches are left out. */
  readonly switches: number;
  /** Whether orders that cannot be told apart count as one. */
  readonly reduces: boolean;
  readonly isOver: () => boolean;
};

export type Searched = {
  readonly orders: number;
  /** Runs that were cut short because another order shows the same. */
  readonly redundant: number;
  /** All orders with up to so many switches were run; Infinity where there are no others. */
  readonly allUpTo: number;
  readonly failure: Order | undefined;
};

/**
 * Runs every order once, those with few switches first, until one fails or a limit is reached. Of those that differ only in the
 * order of independent steps one is run, by sleep sets: Godefroid, Partial-Order Methods for the Verification of
 * Concurrent Systems, LNCS 1032, chapter 5.
 */
export async function search(
  run: (choose: (choice: Choice) => number | undefined) => Promise<Order>,
  { orders: most, switches, reduces, isOver }: SearchLimits,
): Promise<Searched> {
  const branches: Branch[][] = [[{ to: undefined, asleep: [] }]];
  let [orders, redundant] = [0, 0];
  for (let cost = 0; cost < branches.length; cost += 1) {
    if (cost > switches) return { orders, redundant, allUpTo: switches, failure: undefined };
    // Grows while it is gone through. What has been seen is let go.
    const level = branches[cost] ?? [];
    for (let next = 0; next < level.length; next += 1) {
      const branch = level[next] as Branch;
      delete level[next];
      if (orders + redundant >= most || isOver()) return { orders, redundant, allUpTo: cost - 1, failure: undefined };
      const walk = new Walk(branch, cost, { reduces, add: (cost, branch) => (branches[cost] ??= []).push(branch) });
      const order = await run(walk.choose);
      if (walk.isRedundant) redundant += 1;
      else orders += 1;
      if (order.error !== undefined && !walk.isRedundant)
        return { orders, redundant, allUpTo: cost - 1, failure: order };
    }
  }
  return { orders, redundant, allUpTo: Infinity, failure: undefined };
}

type Surroundings = { readonly reduces: boolean; readonly add: (cost: number, branch: Branch) => void };

/** Goes to a branch, and from there on the usual way, leaving a branch wherever there is another. */
class Walk {
  isRedundant = false;
  readonly #way: readonly Point[];
  readonly #around: Surroundings;
  #asleep: readonly Step[];
  #point: Point | undefined;
  #depth = 0;
  #cost: number;

  constructor({ to, asleep }: Branch, cost: number, around: Surroundings) {
    this.#point = to;
    this.#asleep = asleep;
    this.#cost = cost;
    this.#around = around;
    const way: Point[] = [];
    for (let point = to; point !== undefined; point = point.before) way.push(point);
    this.#way = way.reverse();
  }

  readonly choose = (choice: Choice): number | undefined => {
    const known = this.#way[this.#depth];
    this.#depth += 1;
    if (known === undefined) return this.#goOn(choice);
    const { option, step } = known;
    if (!isSame(step, choice.options[option])) throw new OtherProgram(step, choice.options);
    return option;
  };

  #goOn(choice: Choice): number | undefined {
    const { options } = choice;
    const awake = [...options.keys()].filter((index) => !this.#asleep.some((step) => isSame(step, options[index])));
    const first = awake.includes(usual(choice)) ? usual(choice) : awake[0];
    if (first === undefined) {
      this.isRedundant = true;
      return undefined;
    }
    const taken = options[first] as Step;
    const seen = [taken];
    for (const index of awake) {
      if (index === first) continue;
      const step = options[index] as Step;
      const cost = this.#cost + (isSwitch(choice, index) ? 1 : 0);
      this.#around.add(cost, {
        to: this.#after(index, step),
        asleep: this.#stillAsleep([...this.#asleep, ...seen], step),
      });
      seen.push(step);
    }
    this.#asleep = this.#stillAsleep(this.#asleep, taken);
    if (isSwitch(choice, first)) this.#cost += 1;
    this.#point = this.#after(first, taken);
    return first;
  }

  #after(option: number, step: Step): Point {
    return { before: this.#point, option, step };
  }

  #stillAsleep(asleep: readonly Step[], step: Step): readonly Step[] {
    return this.#around.reduces ? asleep.filter((one) => areIndependent(one, step)) : [];
  }
}

/** The program has not done what it did the last time it was taken the same way. */
export class OtherProgram extends Error {
  constructor({ actor, what }: Step, options: readonly Step[]) {
    const now = options.map((step) => `${step.actor}: ${step.what}`).join('; ');
    super(
      `Taken the same way, the program stands elsewhere: there was "${actor}: ${what}", and now there is "${now}".`,
    );
    this.name = 'OtherProgram';
  }
}
