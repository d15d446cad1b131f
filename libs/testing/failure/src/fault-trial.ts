import type { AsyncTestBase, Trials } from '#testing/lifecycle';
import { DEADLINE_MS, type FaultPlan } from './fault-plan.ts';
import type { FaultedCall } from './injected-fault.ts';
import { Injection, type Target } from './injection.ts';
import { requireAnswer, requireEnd, requireObedience } from './required-ends.ts';
import { runToItsEnd } from './run-to-its-end.ts';
import { settledOrStopped, settledWithin } from './trial-limit.ts';
import type { WorkflowOutcome } from './workflow-outcome.ts';

/** The fault of a trial. */
export type Cause = { readonly faulted: FaultedCall; readonly target: Target };

/** What came of a trial. */
export type Tried = {
  readonly injection: Injection;
  /** How far it has come: where it is now, or was when it was stopped. */
  readonly phase: Phase;
  /** Undefined where the workflow has not begun, or the trial was stopped in its midst. */
  readonly outcome: WorkflowOutcome | undefined;
  readonly recovered: WorkflowOutcome | undefined;
  /** What failed it: what does not hold, the recovery, or the detectors of the trial. */
  readonly failure: { readonly error: unknown } | undefined;
};

export type Phase = 'its set-up' | '`given`' | 'the workflow' | 'the recovery' | '`holds`' | 'its clean-up';

type Cell = {
  /** None in the run without any fault. */
  readonly cause?: Cause | undefined;
  /** Milliseconds of real time from `given` to `holds`; none where it is undefined. */
  readonly limitMs: number | undefined;
};

/**
 * Given, workflow, recovery, and what has to hold, with a new test. Comes back without an end where the time of all trials
 * is up and this one goes on.
 */
export async function tryOnce<T extends AsyncTestBase>(
  trials: Trials<T>,
  plan: FaultPlan<T>,
  { cause, limitMs }: Cell,
): Promise<Tried> {
  const { deadline = DEADLINE_MS } = plan;
  let injection = new Injection();
  let phase: Phase = 'its set-up';
  let outcome: WorkflowOutcome | undefined;
  let recovered: WorkflowOutcome | undefined;
  let failure: Tried['failure'];
  const steps = async (test: T): Promise<void> => {
    injection = new Injection(cause?.target, () => test.crash());
    phase = '`given`';
    await plan.given?.(test);
    phase = 'the workflow';
    const ended = await runToItsEnd(test, (signal) => plan.workflow(test, { signal }), { deadline, injection });
    outcome = ended;
    requireObedience('workflow', ended, injection);
    if (cause === undefined) {
      requireEnd('workflow', ended);
      requireAnswer(ended, plan.mayBeRefused);
    }

    const recovery = recoveryOf(plan, ended);
    if (recovery !== undefined) {
      phase = 'the recovery';
      const untouched = new Injection();
      recovered = await runToItsEnd(test, (signal) => recovery(test, signal), { deadline, injection: untouched });
      requireObedience('recovery', recovered, untouched);
      requireEnd('recovery', recovered);
    }
    phase = '`holds`';
    await plan.holds(test, { faulted: cause?.faulted, outcome: ended, recovered });
  };
  const body = async (test: T): Promise<void> => {
    await settledWithin(limitMs, { work: steps(test), what: () => phase });
    phase = 'its clean-up';
  };
  const run = trials.run(body).catch((error: unknown) => void (failure = { error }));
  await settledOrStopped(run, trials.signal);
  return { injection, phase, outcome, recovered, failure };
}

function recoveryOf<T extends AsyncTestBase>(
  { recover, workflow }: FaultPlan<T>,
  outcome: WorkflowOutcome,
): ((test: T, signal: AbortSignal) => unknown) | undefined {
  if (recover !== undefined) return (test, signal) => recover(test, { signal, outcome });
  return outcome.ended === 'returned' ? undefined : (test, signal) => workflow(test, { signal });
}
