import { directedBy } from '#testing/concurrency';
import { withoutPlaces } from '#testing/runtime';
import { boundOf, switchesIn, type Limits } from './bounds.ts';
import type { Choice } from './choice.ts';
import type { Certificate } from './certificate.ts';
import type { Exploration, ExploreOptions } from './exploration.ts';
import { LearnedMethods } from './learned-methods.ts';
import { leftOut, nothingToOrder } from './no-order.ts';
import { along, Way, type Order } from './order.ts';
import { CutShort, OrderedRun } from './ordered-run.ts';
import { pct, randomBy, uniform, type Sampler } from './sampling.ts';
import { reducedSearch } from './reduced-search.ts';
import { search, type Searched } from './search.ts';
import { deviationsIn } from './token.ts';
import { SecondRun } from './second-run.ts';
import { stopping } from './stopping.ts';

const SHRINKING_ORDERS = 2_000;
const LEARNING_RUNS = 20;
const EARLY_TIMERS = 3;

/** Searches the orders of one scenario. */
export class Explorer {
  readonly #scenario: () => Promise<unknown>;
  readonly #options: ExploreOptions;
  readonly #methods = new LearnedMethods();
  readonly #endsAt: number;
  readonly #second = new SecondRun(
    (token, sites) => this.#run(along(deviationsIn(token)), sites),
    () => this.#isOver,
  );
  #hasContended = false;
  #hasHeldTime = false;
  readonly #strays = new Set<string>();
  /** The least switches of an order that was ended because somebody never had a turn. */
  #unfairFrom = Infinity;
  #stoppedIn: Order | undefined;
  #runs = 0;

  constructor(scenario: () => Promise<unknown>, options: ExploreOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#endsAt = performance.now() + (options.within ?? 45_000);
  }

  async explore(): Promise<Exploration> {
    const first = await this.#learned();
    const { orders: most = 20_000, switches = Infinity, touches } = this.#options;
    const reduces = touches !== undefined && switches === Infinity;
    const searched = await this.#search({ orders: most, switches, reduces, share: 0.6 });
    const limits = { ...this.#met, orders: most, switches };
    const bound = boundOf(searched, limits);
    const draws = (bound === 'orders' || bound === 'time') && this.#options.sample?.orders !== 0;
    const sampled = draws ? await this.#sample(first.steps.length) : undefined;
    const checked =
      bound === undefined && reduces && this.#options.checkedUpTo !== 0 ? await this.#checkReduction() : undefined;
    const found = await this.#judged([first, searched.last], {
      failure:
        searched.failure ??
        sampled?.failure ??
        checked?.failure ??
        (searched.orders === 0 && !this.#isOver ? failing(first) : undefined),
      isSmallest: searched.failure !== undefined && !reduces,
      isOfKeys: checked?.failure !== undefined,
    });
    const isDisproved = bound === undefined && found.failure !== undefined;
    return {
      certificate: {
        isComplete: bound === undefined && !isDisproved,
        orders: searched.orders,
        isReduced: reduces,
        cutShort: searched.redundant,
        checked: checked?.checked,
        switches: switchesIn(searched, { ...limits, reduces }),
        bound: isDisproved ? 'failure' : bound,
        sampled: sampled?.sampled.orders === 0 ? undefined : sampled?.sampled,
      },
      hasContended: this.#hasContended,
      ...found,
      stoppedIn: this.#stoppedIn,
      runs: this.#runs,
    };
  }

  /** The failure as it is to be told; where there is none, whether some that came to their end do so a second time. */
  async #judged(
    passed: readonly (Order | undefined)[],
    { failure, isSmallest, isOfKeys }: { failure: Order | undefined; isSmallest: boolean; isOfKeys: boolean },
  ): Promise<Pick<Exploration, 'failure' | 'uncontrolled'>> {
    if (failure === undefined) {
      if (this.#isOver) return { failure, uncontrolled: [] };
      const { uncontrolled, failure: parted } = await this.#second.passed(
        passed.filter((order) => order !== undefined),
      );
      return { uncontrolled, failure: parted && { ...parted, isSmallest: false } };
    }
    const { failure: smaller, isSmallest: isProven } = isSmallest
      ? { failure, isSmallest }
      : await this.#smaller(failure);
    const { order, uncontrolled } = await this.#second.failed(smaller);
    const told = isOfKeys && uncontrolled.length === 0 ? { ...order, error: leftOut(order) } : order;
    return { failure: { ...told, isSmallest: isProven }, uncontrolled };
  }

  async replay(token: string): Promise<Order> {
    const deviations = deviationsIn(token);
    await this.#learned();
    const order = await this.#taught(() => this.#run(along(deviations), true));
    const beyond = deviations.find(({ at }) => at >= order.steps.length);
    if (beyond === undefined || order.error !== undefined) return order;
    throw new Error(
      `The order is one of another program: it deviates at step ${beyond.at + 1}, and there are only ${order.steps.length}.`,
    );
  }

  /** Runs the usual order until every method of a port that it calls is known to answer at once or later. */
  async #learned(): Promise<Order> {
    return this.#taught(() => this.#run(along([])));
  }

  /** What a run teaches comes too late for it. */
  async #taught(run: () => Promise<Order>): Promise<Order> {
    for (let tries = 0; tries < LEARNING_RUNS; tries += 1) {
      this.#methods.hasLearned = false;
      const order = await run();
      if (!this.#methods.hasLearned) return order;
    }
    throw new Error('Methods of its ports answer sometimes at once and sometimes later, so their calls have no order.');
  }

  async #search({
    share,
    reduces,
    ...limits
  }: {
    orders: number;
    switches: number;
    reduces: boolean;
    share: number;
  }): Promise<Searched & { last: Order | undefined }> {
    const until = performance.now() + (this.#endsAt - performance.now()) * share;
    for (let tries = 0; tries < LEARNING_RUNS; tries += 1) {
      this.#methods.hasLearned = false;
      let last: Order | undefined;
      const isOver = (): boolean => this.#methods.hasLearned || performance.now() > until || this.#isOver;
      const run = async (choose: (choice: Choice) => number | undefined): Promise<Order> => {
        const order = await this.#run(choose);
        if (order.error === undefined) last = order;
        return order;
      };
      const searched = await (reduces ? reducedSearch : search)(run, { ...limits, isOver });
      if (this.#stoppedIn !== undefined) {
        const carriedOut = searched.orders - (searched.failure === undefined ? 0 : 1);
        return { ...searched, orders: carriedOut, failure: undefined, last };
      }
      if (!this.#methods.hasLearned) return { ...searched, last };
    }
    throw new Error('Methods of its ports answer sometimes at once and sometimes later, so their calls have no order.');
  }

  async #sample(steps: number): Promise<{ failure: Order | undefined; sampled: NonNullable<Certificate['sampled']> }> {
    const { orders: most = 1_000, by = 'pct', seed = 1 } = this.#options.sample ?? {};
    const random = randomBy(seed);
    const until = performance.now() + (this.#endsAt - performance.now()) * 0.7;
    let orders = 0;
    while (orders < most && performance.now() < until && !this.#isOver) {
      const sampler: Sampler = by === 'pct' ? pct(random, { steps }) : uniform(random);
      const failure = await this.#run(sampler);
      if (this.#stoppedIn !== undefined) break;
      orders += 1;
      if (failure.error !== undefined) return { failure, sampled: { orders, by, seed } };
    }
    return { failure: undefined, sampled: { orders, by, seed } };
  }

  /** An order that fails as well, with as few switches as there can be. */
  async #smaller(failure: Order): Promise<{ failure: Order; isSmallest: boolean }> {
    if (failure.switches === 0) return { failure, isSmallest: true };
    const switches = failure.switches - 1;
    const { failure: smaller, allUpTo } = await this.#search({
      orders: SHRINKING_ORDERS,
      switches,
      reduces: false,
      share: 0.5,
    });
    if (smaller !== undefined) return { failure: smaller, isSmallest: true };
    return { failure, isSmallest: allUpTo >= switches };
  }

  /** A reduced search that has found nothing is worth as much as the keys it believes. */
  async #checkReduction(): Promise<{ failure: Order | undefined; checked: Certificate['checked'] }> {
    const { failure, orders, allUpTo } = await this.#search({
      orders: this.#options.checkedUpTo ?? 5_000,
      switches: Infinity,
      reduces: false,
      share: 0.8,
    });
    return { failure, checked: { orders, isAll: allUpTo === Infinity } };
  }

  async #run(choose: (choice: Choice) => number | undefined, sites = false): Promise<Order> {
    this.#runs += 1;
    const way = new Way();
    const { touches, answers = false, steps = 500, earlyTimers = EARLY_TIMERS } = this.#options;
    const run = new OrderedRun({
      choose: way.recorded(choose),
      keysOf: touches,
      answers,
      sites,
      mostSteps: steps,
      earlyTimers,
      methods: this.#methods,
    });
    let error: unknown;
    const directed = (): Promise<unknown> => directedBy(run.director, this.#scenario);
    using stop = stopping(this.#options.signal, run);
    try {
      await Promise.race([sites ? directed() : withoutPlaces(directed), stop.stopped]);
    } catch (thrown) {
      error = thrown ?? new Error('The scenario failed with nothing.');
    }
    if (run.isEndedUnfair) {
      error = undefined; // it proves nothing
      this.#unfairFrom = Math.min(this.#unfairFrom, way.switches);
    }
    this.#hasHeldTime ||= run.hasHeldTime;
    this.#hasContended ||= run.hasContended;
    for (const stray of run.strays) this.#strays.add(stray);
    if (error === undefined) error = nothingToOrder(run);
    const order = { steps: run.trace, switches: way.switches, token: way.token, error, waits: [...run.waits] };
    if (error !== undefined && this.#isOver) this.#stoppedIn = order;
    return order;
  }

  get #met(): Omit<Limits, 'orders' | 'switches'> {
    const { earlyTimers = EARLY_TIMERS } = this.#options;
    const early = this.#hasHeldTime ? earlyTimers : undefined;
    const hasStrays = this.#strays.size > 0;
    return { isStopped: this.#isOver, heldTimeBehind: early, unfairFrom: this.#unfairFrom, hasStrays };
  }

  get #isOver(): boolean {
    return this.#options.signal?.aborted === true;
  }
}

/** The usual order was run before the search, and is all there is where that had no time. */
function failing(order: Order): Order | undefined {
  return order.error === undefined || order.error instanceof CutShort ? undefined : order;
}
