import { isSwitch, usual, type Choice } from './choice.ts';
import type { Order } from './order.ts';
import { isSame, type Step } from './step.ts';

/** A point of the tree of all orders, by the options that lead to it. */
type Point = { readonly before: Point | undefined; readonly option: number; readonly step: Step };

export type SearchLimits = {
  readonly orders: number;
  /** Orders with more switches are left out. */
  readonly switches: number;
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

/** Runs every order once, those with few switches first, until one fails or a limit is reached. */
export async function search(
  run: (choose: (choice: Choice) => number) => Promise<Order>,
  { orders: most, switches, isOver }: SearchLimits,
): Promise<Searched> {
  const points: (Point | undefined)[][] = [[undefined]];
  let orders = 0;
  for (let cost = 0; cost < points.length; cost += 1) {
    if (cost > switches) return { orders, redundant: 0, allUpTo: switches, failure: undefined };
    // Grows while it is gone through. What has been seen is let go.
    const level = points[cost] ?? [];
    for (let next = 0; next < level.length; next += 1) {
      const point = level[next];
      level[next] = undefined;
      if (orders >= most || isOver()) return { orders, redundant: 0, allUpTo: cost - 1, failure: undefined };
      const walk = new Walk(point, cost, (point, cost) => (points[cost] ??= []).push(point));
      const order = await run(walk.choose);
      orders += 1;
      if (order.error !== undefined) return { orders, redundant: 0, allUpTo: cost - 1, failure: order };
    }
  }
  return { orders, redundant: 0, allUpTo: Infinity, failure: undefined };
}

/** Goes to a point, and from there on the usual way, leaving word wherever there is another. */
class Walk {
  readonly #way: readonly Point[];
  readonly #found: (point: Point, cost: number) => void;
  #point: Point | undefined;
  #depth = 0;
  #cost: number;

  constructor(to: Point | undefined, cost: number, found: (point: Point, cost: number) => void) {
    this.#point = to;
    this.#cost = cost;
    this.#found = found;
    const way: Point[] = [];
    for (let point = to; point !== undefined; point = point.before) way.push(point);
    this.#way = way.reverse();
  }

  readonly choose = (choice: Choice): number => {
    const known = this.#way[this.#depth];
    this.#depth += 1;
    if (known === undefined) return this.#goOn(choice);
    const { option, step } = known;
    if (!isSame(step, choice.options[option])) throw new OtherProgram(step, choice.options);
    return option;
  };

  #goOn(choice: Choice): number {
    const taken = usual(choice);
    for (const [option, step] of choice.options.entries()) {
      if (option === taken) continue;
      const cost = this.#cost + (isSwitch(choice, option) ? 1 : 0);
      this.#found({ before: this.#point, option, step }, cost);
    }
    this.#point = { before: this.#point, option: taken, step: choice.options[taken] as Step };
    return taken;
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
