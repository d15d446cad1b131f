import type { AsyncTestBase } from '#testing/lifecycle';
import type { ServiceIdentifier } from 'inversify';
import type { Fault } from './faults.ts';
import type { FaultedCall } from './injected-fault.ts';
import type { WorkflowOutcome } from './workflow-outcome.ts';

/** A call of the workflow, as its run without any fault has made it. */
export type SweptCall = Omit<FaultedCall, 'fault'> & {
  /** Whether it is an answer that a callback hands back, such as the work of a transaction. */
  readonly isAnswer: boolean;
  /** Whether it is made inside of another call, such as by a store in a transaction. */
  readonly isWithin: boolean;
  /** Whether it was given a signal; one without hangs for ever, unless its adapter has a limit of its own. */
  readonly hasSignal: boolean;
};

/** How one trial has gone, for what has to hold. */
export type FaultTrial = {
  /** Undefined in the run without any fault. */
  readonly faulted: FaultedCall | undefined;
  readonly outcome: WorkflowOutcome;
  /** How the recovery ended; undefined where there was none. */
  readonly recovered: WorkflowOutcome | undefined;
};

export type FaultPlan<T extends AsyncTestBase> = {
  /** What is there before the workflow begins; no fault meets it. */
  readonly given?: (test: T) => unknown;
  /**
   * What is swept, begun anew with a new test in every trial. `signal` is its caller's: it aborts at the deadline, and where a fault
   * aborts the workflow. Asks the container for what it needs, since after a crash there is another one.
   */
  readonly workflow: (test: T, context: { readonly signal: AbortSignal }) => unknown;
  /**
   * The kinds of refusal that the run without any fault may end with; unless they are told, it has to return. What a fault, or
   * a recovery, is answered with is for `holds` to judge.
   */
  readonly mayBeRefused?: readonly string[];
  /**
   * What production does afterwards, without faults, such as taking the job up again when its lease is over; it must come
   * to its end. A refusal is such an end: whether it may be one, `holds` has to say by `recovered`. Runs in every trial, the one without a fault included. Unless it is given, the workflow is run once more where it has
   * not returned: where it was refused, threw, was stopped or died.
   */
  readonly recover?: (test: T, context: { readonly signal: AbortSignal; readonly outcome: WorkflowOutcome }) => unknown;
  /** What has to be so in the end, whatever happened: throws where it is not. */
  readonly holds: (test: T, trial: FaultTrial) => unknown;
  /** Milliseconds of the test's virtual clock until the workflow is aborted, and the recovery after it: 30,000 unless told. */
  readonly deadline?: number;
  /**
   * All of them unless told. A call inside of another, such as one of a store in a transaction, is not delivered twice,
   * since one connection repeats nothing, unless a function says so. What cannot happen to a call is left out in any case.
   */
  readonly faults?: readonly Fault[] | ((call: SweptCall) => readonly Fault[]);
  /** Whose calls are swept: all ports unless told, but for `Clock.sleep`. */
  readonly ports?: readonly ServiceIdentifier[];
  /** What a call that is made to fail rejects with: an `InjectedFault` unless told. */
  readonly error?: (call: FaultedCall) => Error;
};

export const DEADLINE_MS = 30_000;
