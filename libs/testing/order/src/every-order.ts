import type { AsyncTestBase, InstalledTest } from '#testing/lifecycle';
import { leaveReport, testId, tokenAskedOf } from '#testing/report';
import { noteFact, realTime } from '#testing/runtime';
import { spoken } from './certificate.ts';
import type { Exploration, ExploreOptions } from './exploration.ts';
import { exploreOrders, replayOrder } from './explore-orders.ts';
import { failed, noOrder, outOfTime } from './order-errors.ts';
import { ORDER } from './replay-kind.ts';
import { reportOf } from './report-of.ts';

const WITHIN_MS = 60_000;
/** Where not being complete is a failure, a machine that is busy must not be one. */
const COMPLETE_WITHIN_MS = 180_000;
/** What is left of the test's time for telling what was found. */
const TELLING = 0.75;

export type EveryOrderOptions = Omit<ExploreOptions, 'signal'> & {
  /** Whether the test fails when not every order could be run. */
  readonly complete?: boolean;
  /** Is told what was found, before the test fails for it. */
  readonly found?: (exploration: Exploration) => void;
};

/**
 * A test that has to pass in every order: `it('…', everyOrder(t, async (test) => { … await race({ … }); … }))`.
 *
 * The body is that of any test, with a `race` in it. It is run once for each order in which the racers' calls of ports can
 * follow each other, every time with a new object of the test's class, and so with a new container and a clean database.
 * Also a choice are the end of work that a port was given, such as that of a transaction, and the next timer of the test's
 * clock. See {@link exploreOrders} for what complete means, and what is not seen.
 *
 * A failure tells the steps, and how to take them again: with `LOCKSTEP_TEST_ORDER` the test runs that order alone, and fails where it
 * is none of its own. `LOCKSTEP_TEST_REPORTS` names a folder in which what was found is left as JSON. Fails as well when its time is up in the
 * middle of an order, with what was explored by then. Whether not being complete is a failure too, `complete` says; `within` is
 * three minutes then, and one otherwise.
 */
export function everyOrder<T extends AsyncTestBase>(
  t: InstalledTest<T>,
  body: (test: T) => unknown,
  options: EveryOrderOptions = {},
): Mocha.AsyncFunc {
  const { complete = false, within = complete ? COMPLETE_WITHIN_MS : WITHIN_MS, found } = options;
  return t.trials(
    async ({ title, file, signal, run }) => {
      const scenario = (): Promise<void> => run(body);
      const about = { title, file };
      const token = tokenAskedOf(about, ORDER, process.env);
      if (token !== undefined) {
        const order = await replayOrder(scenario, token, options);
        noteFact({ topic: 'orders', text: `one order, ${testId(about)}.${token}: ${title}` });
        if (order.error !== undefined) throw failed({ ...order, isSmallest: false }, about);
        return;
      }
      const began = realTime.now();
      const exploration = await exploreOrders(scenario, { ...options, within: within * TELLING, signal });
      const { certificate, failure, uncontrolled, hasContended, stoppedIn } = exploration;
      leaveReport(
        `orders-${testId(about)}`,
        reportOf(exploration, { ...about, id: testId(about) }, realTime.now() - began),
        process.env,
      );
      found?.(exploration);
      noteFact({ topic: 'orders', text: `${spoken(certificate)}: ${title}` });
      if (failure !== undefined) throw failed(failure, about);
      if (stoppedIn !== undefined) throw outOfTime(spoken(certificate), stoppedIn);
      if (certificate.orders === 0 && certificate.sampled === undefined) throw noOrder(within);
      for (const one of uncontrolled) noteFact({ topic: 'not controlled', text: `${one}, in "${title}"` });
      if (hasContended) {
        const text = `the database decided which of several waiting statements went on first, in "${title}"`;
        noteFact({ topic: 'not controlled', text });
      }
      if (complete && !certificate.isComplete) {
        throw new Error(
          `Not every order was run: ${spoken(certificate)}. Allow more \`orders\` or time, or make the scenario smaller.`,
        );
      }
    },
    { within },
  );
}
