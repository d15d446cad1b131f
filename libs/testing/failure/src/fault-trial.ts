import type { AsyncTestBase, Trials } from '#testing/lifecycle';
import { DEADLINE_MS, type FaultPlan } from './fault-plan.ts';
import type { FaultedCall } from './injected-fault.ts';
import { Injection, type Target } from './injection.ts';
import { runToItsEnd } from './run-to-its-end.ts';
import { settledOrStopped, settledWithin } from './trial-limit.ts';
import { nameOf, type WorkflowOutcome } from './workflow-outcome.ts';

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
    requireEnd(
      'workflow',
      ended,
      cause === undefined ? ['ignored the abort', 'stopped', 'threw'] : ['ignored the abort'],
    );
    if (cause === undefined) requireAnswer(ended, plan.mayBeRefused);

    const recovery = recoveryOf(plan, ended);
    if (recovery !== undefined) {
      phase = 'the recovery';
      const untouched = new Injection();
      recovered = await runToItsEnd(test, (signal) => recovery(test, signal), { deadline, injection: untouched });
      requireEnd('recovery', recovered, ['ignored the abort', 'stopped', 'threw']);
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

function requireEnd(what: string, outcome: WorkflowOutcome, faulty: readonly WorkflowOutcome['ended'][]): void {
  if (!faulty.includes(outcome.ended)) return;
  if (outcome.ended === 'ignored the abort') {
    const waiting = outcome.inFlight.length === 0 ? '' : ` It waits for ${outcome.inFlight.join(', ')}.`;
    throw new Error(
      `The ${what} ignored that its signal had aborted: pass the signal on to what it waits for.${waiting}`,
    );
  }
  const cause = 'error' in outcome ? outcome.error : undefined;
  const told = cause instanceof Error ? cause.message : String(cause);
  throw new Error(
    `The ${what} did not come to a good end, although no fault was in its way (${nameOf(outcome)}): ${told}`,
    { cause },
  );
}

function requireAnswer(outcome: WorkflowOutcome, allowed: readonly string[] = []): void {
  if (outcome.ended !== 'refused' || allowed.includes(outcome.kind)) return;
  throw new Error(
    `The workflow was refused (${outcome.kind}), although no fault was in its way: what is swept is not what it is there for. Set the world up by \`given\`, or allow it by \`mayBeRefused: [${JSON.stringify(outcome.kind)}]\`.`,
  );
}
