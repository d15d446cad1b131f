import type { Injection } from './injection.ts';
import { nameOf, type WorkflowOutcome } from './workflow-outcome.ts';

/** It ended when its signal aborted. */
export function requireObedience(what: string, outcome: WorkflowOutcome, { endless }: Injection): void {
  if (outcome.ended !== 'ignored the abort') return;
  if (endless !== undefined) {
    throw new Error(
      `The ${what} waits for ${endless} for ever: the call hangs, and was given no signal. Pass on that of the ${what}; a clean-up, which that must not stop, needs one of its own, such as a deadline of the clock. Where the adapter ends by itself, leave the fault out: \`faults\` is told by \`hasSignal\`.`,
    );
  }
  const dead = outcome.inFlight.find((call) => call.includes('of a container that has died'));
  if (dead !== undefined) throw new Error(`The ${what} waits for ${dead}.`);
  const waiting = outcome.inFlight.length === 0 ? '' : ` It waits for ${outcome.inFlight.join(', ')}.`;
  throw new Error(
    `The ${what} ignored that its signal had aborted: pass the signal on to what it waits for.${waiting}`,
  );
}

/** It came to an end of its own, with no fault in its way. */
export function requireEnd(what: string, outcome: WorkflowOutcome): void {
  if (outcome.ended !== 'stopped' && outcome.ended !== 'threw') return;
  const { error: cause } = outcome;
  const told = cause instanceof Error ? cause.message : String(cause);
  throw new Error(
    `The ${what} did not come to a good end, although no fault was in its way (${nameOf(outcome)}): ${told}`,
    { cause },
  );
}

/** What is swept does what it is there for. */
export function requireAnswer(outcome: WorkflowOutcome, allowed: readonly string[] = []): void {
  if (outcome.ended !== 'refused' || allowed.includes(outcome.kind)) return;
  throw new Error(
    `The workflow was refused (${outcome.kind}), although no fault was in its way: what is swept is not what it is there for. Set the world up by \`given\`, or allow it by \`mayBeRefused: [${JSON.stringify(outcome.kind)}]\`.`,
  );
}
