import { exploreOrders, replayOrder, type Exploration, type ExploreOptions } from '#testing/order';
import { realTime } from '#testing/runtime';
import { OutOfTime, type Failure, type Told, type Tries } from './tries.ts';

type Certificate = Exploration['certificate'];

/** Few switches are enough for most faults, and there are many programs. */
const USUAL = { switches: 2, orders: 500, sample: { orders: 100 } } as const satisfies ExploreOptions;

/** Puts the clients' calls of ports into one order after the other. */
export class ControlledOrders implements Tries {
  readonly #options: ExploreOptions;
  readonly #certificates: Certificate[] = [];
  readonly #uncontrolled = new Set<string>();

  /** Throws where the options leave no order to run. */
  constructor(options: ExploreOptions) {
    const { orders = USUAL.orders, switches = USUAL.switches, sample = USUAL.sample } = options;
    if (!(switches >= 0)) throw new Error('No order has fewer than no switches: let `switches` be 0 or more.');
    if (!(orders >= 1 || (orders === 0 && sample.orders !== 0))) {
      throw new Error('No order would be run: let `orders`, or those of `sample`, be 1 or more.');
    }
    this.#options = { ...USUAL, ...options };
  }

  async all(scenario: () => Promise<void>, until: number): Promise<Failure | undefined> {
    const within = Math.max(until - realTime.now(), 1);
    const { certificate, failure, uncontrolled, hasContended, stoppedIn } = await exploreOrders(scenario, {
      ...this.#options,
      within,
    });
    this.#certificates.push(certificate);
    for (const one of uncontrolled) this.#uncontrolled.add(one);
    if (hasContended) this.#uncontrolled.add('the database decided who of several that waited went on first');
    if (failure === undefined && stoppedIn !== undefined) throw new OutOfTime(stoppedIn.steps);
    return failure;
  }

  async again(scenario: () => Promise<void>, token: string): Promise<Failure | undefined> {
    const order = await replayOrder(scenario, token, this.#options);
    if (this.#options.signal?.aborted === true) throw new OutOfTime(order.steps);
    return order.error === undefined ? undefined : order;
  }

  told(): Told {
    const ran = this.#certificates.reduce((sum, one) => sum + ranIn(one), 0);
    const bounds = this.#certificates.filter(({ isComplete }) => !isComplete).map(boundOf);
    const rest = [...new Set(bounds)].map((bound) => `${bounds.filter((one) => one === bound).length} by ${bound}`);
    const complete = this.#certificates.length - bounds.length;
    const done = `${ran} orders, complete for ${complete}${rest.length > 0 ? `, limited for ${rest.join(', ')}` : ''}`;
    return { ran, done, uncontrolled: [...this.#uncontrolled] };
  }
}

function ranIn({ orders, sampled }: Certificate): number {
  return orders + (sampled?.orders ?? 0);
}

function boundOf(certificate: Certificate): string {
  const bound = certificate.bound ?? 'a failure';
  return ranIn(certificate) === 0 ? `${bound} before one had ended` : bound;
}
