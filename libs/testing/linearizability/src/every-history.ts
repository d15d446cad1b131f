import type { AsyncTestBase, InstalledTest } from '#testing/lifecycle';
import { fc } from '#testing/properties';
import { leaveReport, testId } from '#testing/report';
import { noteFact, realTime } from '#testing/runtime';
import { ControlledOrders } from './controlled-orders.ts';
import type { EveryHistoryOptions } from './every-history-options.ts';
import { begun, GivenFailed } from './given.ts';
import { judgedRun } from './judged-run.ts';
import { play } from './play.ts';
import { PortUse } from './port-use.ts';
import { programsOf, type Program } from './program.ts';
import { RealConcurrency } from './real-concurrency.ts';
import { replayIn, replayLine, replayToken } from './replay.ts';
import { reportOf } from './report-of.ts';
import { smallestFailure, spoken } from './smallest-failure.ts';
import type { Failure, Tries } from './tries.ts';
import { failed } from './wrong-history.ts';

const WITHIN_MS = 60_000;
/** Of that time: until programs are tried, and until a failing one is made smaller. */
const [FINDING, SHRINKING] = [0.6, 0.85];

/**
 * A test of an object that several clients use at the same time: `it('…', everyHistory(t, { operations, perform, model }))`.
 *
 * Programs, one list of operations for each client, are generated and run in many orders, each run with a new object of the
 * test's class. In every run the answers have to be those of the model asked one operation at a time, each at some moment
 * between its invocation and its answer. A program that fails is made smaller as long as it still does; the failure tells
 * the history, the order of its steps, and how to see it again with `LOCKSTEP_TEST_HISTORY`.
 * `LOCKSTEP_TEST_REPORTS` names a folder in which what was found is left as JSON. Fails with {@link FailedProgram} where there is no
 * verdict, and fails as well where nothing was run to its end, or no operation called a port that answers later.
 *
 * What has passed is what was tried, and the report tells how much that was: some programs, of few operations, in the orders
 * that `exploreOrders` of `#testing/order` can choose. What an adapter does within one call has no order there: run its programs
 * with `controlled: false`, too.
 */
export function everyHistory<T extends AsyncTestBase, S, Op, A>(
  t: InstalledTest<T>,
  options: EveryHistoryOptions<T, S, Op, A>,
): Mocha.AsyncFunc {
  const { clients = 2, length = 3, programs: wanted = 20, within = WITHIN_MS } = options;
  const { operations, given, perform, thrown, model, limits, controlled = true, orders = {}, runs = 10 } = options;
  if (!(wanted >= 1)) throw new Error('No program would be run: let `programs` be 1 or more.');
  const programs = programsOf(operations, { clients, length });
  const triesUntil = (signal: AbortSignal): Tries =>
    controlled ? new ControlledOrders({ ...orders, signal }) : new RealConcurrency(runs, signal);
  triesUntil(AbortSignal.abort()); // options are refused where they are written
  return t.trials(
    async (trials) => {
      const [startedAt, { title, signal }] = [realTime.now(), trials];
      const [tries, use] = [triesUntil(signal), new PortUse()];
      const scenario = (program: Program<Op>) => (): Promise<void> => {
        const record = async (test: T): ReturnType<typeof play<Op, A>> => {
          await begun(() => given?.(test));
          return play(program, {
            perform: (op, circumstances) => use.watched(() => perform(test, op, circumstances)),
            thrown,
          });
        };
        return judgedRun(trials.run, record, { model, limits });
      };

      const replay = replayIn(process.env, trials);
      if (replay !== undefined) {
        const [program] = fc.sample(programs, { seed: replay.seed, path: replay.path, numRuns: 1 });
        if (program === undefined) throw new Error('There is no such program: the operations have changed since.');
        noteFact({ topic: 'orders', text: `one program again: ${title}` });
        const failure = await tries.again(scenario(program), replay.order);
        if (failure !== undefined) throw failed({ program, failure, again: replayLine(trials, replay) });
        return;
      }

      const tryAll = async (program: Program<Op>, until: number): Promise<Failure | undefined> => {
        const failure = await tries.all(scenario(program), until);
        if (failure?.error instanceof GivenFailed) throw failure.error;
        return failure;
      };
      const search = await smallestFailure(programs, tryAll, {
        programs: wanted,
        findUntil: startedAt + within * FINDING,
        shrinkUntil: startedAt + within * SHRINKING,
      });
      const tried = tries.told();
      const found = reportOf(search, tried, {
        title,
        milliseconds: realTime.now() - startedAt,
        tokenOf: (replay) => replayToken(trials, replay),
      });
      leaveReport(`histories-${testId(trials)}`, found, process.env);
      noteFact({ topic: 'orders', text: `${spoken(search, clients)}: ${tried.done}: ${title}` });
      for (const one of tried.uncontrolled) noteFact({ topic: 'not controlled', text: `${one}, in "${title}"` });

      if (search.found !== undefined) {
        const { program, failure, replay } = search.found;
        throw failed({ program, failure, again: replayLine(trials, replay) });
      }
      if (tried.ran === 0) {
        throw new Error(
          'The time was up before anything had been run to its end: give the test more of it by `within`.',
        );
      }
      if (controlled && !use.isSeen) {
        throw new Error(
          'There is nothing to put in order: no operation called a port that answers later. Ports are reached through the container of the test; let `perform` go through one, or run it as it comes with `controlled: false`.',
        );
      }
    },
    { within },
  );
}
