import { directedBy } from '#testing/concurrency';
import { withoutPlaces } from '#testing/runtime';
import type { Choice } from './choice.ts';
import type { Certificate } from './certificate.ts';
import type { Exploration, ExploreOptions } from './exploration.ts';
import { along, Way, type Order } from './order.ts';
import { CutShort, OrderedRun } from './ordered-run.ts';
import { pct, randomBy, uniform, type Sampler } from './sampling.ts';
import { OtherProgram, search, type Searched } from './search.ts';
import { deviationsIn } from './token.ts';
import { uncontrolledIn, type AskedSource } from './uncontrolled.ts';
import { whereStepsPart, whereValuesPart } from './parting.ts';

const MOST_SWITCHES = Infinity;
const SHRINKING_ORDERS = 2_000;
const LEARNING_RUNS = 20;

/** Searches the orders of one scenario. */
export class Explorer {
  readonly #scenario: () => Promise<unknown>;
  readonly #options: ExploreOptions;
  readonly #known = new Map<string, boolean>();
  readonly #endsAt: number;
  #hasContended = false;
  #hasLearned = false;
  #hasHeldTime = false;
  #runs = 0;

  constructor(scenario: () => Promise<unknown>, options: ExploreOptions) {
    this.#scenario = scenario;
    this.#options = options;
    this.#endsAt = performance.now() + (options.within ?? 45_000);
  }

  async explore(): Promise<Exploration> {
    const first = await this.#learned();
    const { orders: most = 20_000, switches = MOST_SWITCHES, touches } = this.#options;
    const reduces = touches !== undefined && switches === MOST_SWITCHES;
    const searched = await this.#search({ orders: most, switches, reduces, share: 0.6 });
    let bound: Certificate['bound'];
    if (searched.allUpTo !== Infinity) {
      bound =
        searched.orders + searched.redundant >= most ? 'orders' : searched.allUpTo >= switches ? 'switches' : 'time';
    } else if (this.#hasHeldTime) bound = 'timers';
    const isComplete = bound === undefined && searched.failure === undefined;
    let failure = searched.failure;
    let isSmallest = failure !== undefined && !reduces;
    const sampled =
      failure === undefined && bound !== undefined && bound !== 'timers' && bound !== 'switches'
        ? await this.#sample(first.steps.length)
        : undefined;
    failure ??= sampled?.failure;
    if (failure !== undefined && !isSmallest) ({ failure, isSmallest } = await this.#smaller(failure));
    const certificate: Certificate = {
      isComplete,
      orders: searched.orders,
      isReduced: reduces,
      switches: searched.allUpTo === Infinity || searched.allUpTo < 0 ? undefined : searched.allUpTo,
      bound,
      sampled: sampled?.sampled,
    };
    const told = { certificate, hasContended: this.#hasContended };
    if (failure !== undefined) {
      const again = await this.#again(failure);
      return { ...told, failure: { ...again.order, isSmallest }, uncontrolled: again.uncontrolled, runs: this.#runs };
    }
    const unlike = isComplete && reduces ? await this.#checkReduction() : undefined;
    if (unlike !== undefined)
      return { ...told, failure: { ...unlike, isSmallest: false }, uncontrolled: [], runs: this.#runs };
    const { uncontrolled, failure: parted } = await this.#twice([first, ...(searched.last ? [searched.last] : [])]);
    return { ...told, failure: parted && { ...parted, isSmallest: false }, uncontrolled, runs: this.#runs };
  }

  async replay(token: string): Promise<Order> {
    await this.#learned();
    return this.#run(along(deviationsIn(token)), true);
  }

  /** Runs the usual order until every method of a port that it calls is known to answer at once or later. */
  async #learned(): Promise<Order> {
    for (let tries = 0; tries < LEARNING_RUNS; tries += 1) {
      this.#hasLearned = false;
      const order = await this.#run(along([]));
      if (!this.#hasLearned) return order;
    }
    throw new Error('Methods of its ports answer sometimes at once and sometimes later, so their calls have no order.');
  }

  async #search({
    share,
    ...limits
  }: {
    orders: number;
    switches: number;
    reduces: boolean;
    share: number;
  }): Promise<Searched & { last: Order | undefined }> {
    const until = performance.now() + (this.#endsAt - performance.now()) * share;
    for (let tries = 0; tries < LEARNING_RUNS; tries += 1) {
      this.#hasLearned = false;
      let last: Order | undefined;
      const isOver = (): boolean =>
        this.#hasLearned || performance.now() > until || this.#options.signal?.aborted === true;
      const run = async (choose: (choice: Choice) => number | undefined): Promise<Order> => {
        const order = await this.#run(choose);
        if (!(order.error instanceof CutShort)) last = order;
        return order;
      };
      const searched = await search(run, { ...limits, isOver });
      if (!this.#hasLearned) return { ...searched, last };
    }
    throw new Error('Methods of its ports answer sometimes at once and sometimes later, so their calls have no order.');
  }

  async #sample(steps: number): Promise<{ failure: Order | undefined; sampled: NonNullable<Certificate['sampled']> }> {
    const { orders: most = 1_000, by = 'pct', seed = 1 } = this.#options.sample ?? {};
    const random = randomBy(seed);
    const until = performance.now() + (this.#endsAt - performance.now()) * 0.7;
    let orders = 0;
    while (orders < most && performance.now() < until && this.#options.signal?.aborted !== true) {
      const sampler: Sampler = by === 'pct' ? pct(random, { steps }) : uniform(random);
      const failure = await this.#run(sampler);
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
  async #checkReduction(): Promise<Order | undefined> {
    const { checkedUpTo = 5_000 } = this.#options;
    if (checkedUpTo === 0) return undefined;
    const { failure } = await this.#search({
      orders: checkedUpTo,
      switches: MOST_SWITCHES,
      reduces: false,
      share: 0.8,
    });
    if (failure === undefined) return undefined;
    const message =
      'The declared keys leave something out: the reduced search has passed over this order, which fails.';
    return { ...failure, error: new Error(message, { cause: failure.error }) };
  }

  /** The same failing order once more, this time with the places in the code. */
  async #again(failure: Order): Promise<{ order: Order; uncontrolled: readonly string[] }> {
    if (failure.error instanceof OtherProgram) return this.#other(failure);
    const order = await this.#run(along(deviationsIn(failure.token)), true);
    if (order.error !== undefined && whereStepsPart(failure.steps, order.steps) === undefined) {
      return { order, uncontrolled: [] };
    }
    return this.#other(failure);
  }

  async #other(failure: Order): Promise<{ order: Order; uncontrolled: readonly string[] }> {
    const sources = (await this.#sources(failure)).map(String);
    const message =
      'The program does not do the same when it is run in the same order, so no search of orders can be believed.';
    const error = new Error([message, ...sources.map((source) => `  ${source}`)].join('\n'), { cause: failure.error });
    return { order: { ...failure, error }, uncontrolled: sources };
  }

  /** What is not under control shows when the same is done twice. */
  async #twice(orders: readonly Order[]): Promise<{ uncontrolled: readonly string[]; failure?: Order }> {
    const uncontrolled = new Set<string>();
    for (const order of orders) {
      const again = await this.#run(along(deviationsIn(order.token)));
      const parting = whereStepsPart(order.steps, again.steps);
      if (parting !== undefined || again.error !== undefined) {
        const { order: failure, uncontrolled } = await this.#other({ ...order, error: again.error ?? parting });
        return { uncontrolled, failure };
      }
      const unlike = whereValuesPart(order.steps, again.steps);
      if (unlike !== undefined) uncontrolled.add(unlike.told(await this.#sources(order)));
    }
    return { uncontrolled: [...uncontrolled] };
  }

  async #sources({ token }: Order): Promise<readonly AskedSource[]> {
    return uncontrolledIn(() => this.#run(along(deviationsIn(token)), true));
  }

  async #run(choose: (choice: Choice) => number | undefined, sites = false): Promise<Order> {
    this.#runs += 1;
    const way = new Way();
    const { touches, answers = false, steps = 500, earlyTimers = 3 } = this.#options;
    const run = new OrderedRun({
      choose: way.recorded(choose),
      keysOf: touches,
      answers,
      sites,
      mostSteps: steps,
      earlyTimers,
      known: this.#known,
    });
    let error: unknown;
    try {
      const directed = (): Promise<unknown> => directedBy(run.director, this.#scenario);
      await (sites ? directed() : withoutPlaces(directed));
    } catch (thrown) {
      error = thrown ?? new Error('The scenario failed with nothing.');
    }
    this.#hasLearned ||= run.hasLearned;
    this.#hasHeldTime ||= run.hasHeldTime;
    this.#hasContended ||= run.hasContended;
    if (!run.hasRaced && error === undefined) {
      error = new Error('There is nothing to put in order: the scenario has no `race` of #testing/concurrency.');
    }
    return { steps: run.trace, switches: way.switches, token: way.token, error, waits: [...run.waits] };
  }
}
