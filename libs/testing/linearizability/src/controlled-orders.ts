import { exploreOrders, replayOrder, type Exploration, type ExploreOptions } from '#testing/order';
import { realTime } from '#testing/runtime';
import type { Failure, Tries } from './tries.ts';

/** Few switches are enough for most faults, and there are many programs. */
const USUAL: ExploreOptions = { switches: 2, orders: 500, sample: { orders: 100 } };

/** Puts the clients' calls of ports into one order after the other. */
export class ControlledOrders implements Tries {
  readonly #options: ExploreOptions;
  readonly #certificates: Exploration['certificate'][] = [];
  readonly #uncontrolled = new Set<string>();

  constructor(options: ExploreOptions) {
    this.#options = { ...USUAL, ...options };
  }

  async all(scenario: () => Promise<void>, until: number): Promise<Failure | undefined> {
    const within = Math.max(until - realTime.now(), 1);
    const { certificate, failure, uncontrolled, hasContended } = await exploreOrders(scenario, {
      ...this.#options,
      within,
    });
    this.#certificates.push(certificate);
    for (const one of uncontrolled) this.#uncontrolled.add(one);
    if (hasContended) this.#uncontrolled.add('the database decided who of several that waited went on first');
    return failure;
  }

  async again(scenario: () => Promise<void>, token: string): Promise<Failure | undefined> {
    const order = await replayOrder(scenario, token, this.#options);
    return order.error === undefined ? undefined : order;
  }

  told(): ReturnType<Tries['told']> {
    const orders = this.#certificates.reduce((sum, one) => sum + one.orders + (one.sampled?.orders ?? 0), 0);
    const bounds = this.#certificates.filter(({ isComplete }) => !isComplete).map(({ bound }) => bound ?? 'a failure');
    const rest = [...new Set(bounds)].map((bound) => `${bounds.filter((one) => one === bound).length} by ${bound}`);
    const complete = this.#certificates.length - bounds.length;
    const done = `${orders} orders, complete for ${complete}${rest.length > 0 ? `, limited for ${rest.join(', ')}` : ''}`;
    return { done, uncontrolled: [...this.#uncontrolled] };
  }
}
