import type { AsyncTestBase, InstalledTest } from '#testing/lifecycle';
import { leaveReport, testId } from '#testing/report';
import { noteFact } from '#testing/runtime';
import { faultMatrix, summaryOf } from './fault-matrix.ts';
import type { FaultPlan } from './fault-plan.ts';
import { failingCells } from './fault-sweep.ts';
import { FaultsNotBorne } from './faults-not-borne.ts';
import { replayOf } from './replay-token.ts';
import { sweepFaults } from './sweep-faults.ts';

export type FaultOptions = {
  /** Milliseconds of real time for all trials together: 60,000 unless told. One that takes more than a sixth of them fails. */
  readonly within?: number;
};

/**
 * A test that runs a workflow once without any fault, to learn its calls of ports, and then once for every call and every
 * fault: `it('…', everyFault(t, { workflow, holds }))`. Each trial has an object of the test class, a container and detectors
 * of its own; after the fault the recovery runs, and then all must hold that `holds` says. A trial fails as well where the
 * workflow ignores that its signal aborts, where the recovery does not come to its end, and for whatever any test would:
 * leaks, late calls, failures that nobody waited for.
 *
 * A failing test prints the matrix of calls and faults, and for each failing cell what to set `LOCKSTEP_TEST_FAULT` to so
 * that it alone runs, with nothing but the run without faults before it. `LOCKSTEP_TEST_REPORTS` names a folder in which the matrix
 * is left as JSON, and that of a cell that runs alone under a name of its own.
 *
 * What it does not cover:
 * - two faults in one run: calls that only a fault brings about, such as retries, clean-ups and all of the recovery, meet
 *   none (the report names those of the workflow);
 * - what goes past the ports: no fault meets I/O of another kind, and a crash stops code only where it waits for a port;
 *   what runs until it gets there, still runs;
 * - calls that answer at once, since nothing can be lost on their way, and `Clock.sleep` unless its port is named. An answer
 *   that can be awaited and is no promise, as of some query builders, is taken for one that comes at once;
 * - methods that are named by symbols, such as the releases of `await using`: they are no calls of the port, and get no row;
 * - a crash within an adapter: it happens before or after all of a call, or between the work of a transaction and COMMIT. Where the
 *   signal of the call aborts by it, a mock adapter undoes what is open; one without a signal has to do so in the test's `crash`;
 * - the order of calls that overlap, which is as it comes: see `everyOrder`. Calls are recognised by name and count, not by
 *   their arguments, and a call of another order is told in the report;
 * - whether a clean-up without a signal may hang: its cell fails, since nothing ends it. Give it a signal of its own, or leave
 *   `hangs` out where its adapter is known to end by itself: `faults: ({ hasSignal }) => …`;
 * - promises that will never settle: a hang is known by nothing being able to go on now;
 * - what mock adapters do not do as the real ones: what holds on them is not shown for a database.
 */
export function everyFault<T extends AsyncTestBase>(
  t: Pick<InstalledTest<T>, 'trials'>,
  { within = 60_000, ...plan }: FaultPlan<T> & FaultOptions,
): Mocha.AsyncFunc {
  return t.trials(
    async (trials) => {
      const sweep = await sweepFaults(trials, plan);
      noteFact({ topic: 'faults', text: summaryOf(sweep) });
      if (sweep.isReordered) {
        noteFact({ topic: 'not controlled', text: `in which order "${sweep.title}" calls its ports` });
      }
      leaveReport(`faults-${replayOf(trials, process.env)?.token ?? testId(trials)}`, sweep, process.env);
      if (failingCells(sweep).length > 0) throw new FaultsNotBorne(sweep);
      if (sweep.isCutShort) {
        const at = sweep.cutShortIn === null ? '' : `, in ${sweep.cutShortIn}`;
        throw new Error(
          `Time was up after ${summaryOf(sweep)}${at}. Give it more than ${within} ms by \`within\`, or fewer faults.\n\n${faultMatrix(sweep)}`,
        );
      }
    },
    { within },
  );
}
