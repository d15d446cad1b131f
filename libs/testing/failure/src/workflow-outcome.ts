import { isCancellation, type Result } from '#kernel';

/** How a workflow ended, or did not. `kind` of a refusal is that of its error, of a throw the name of the error. */
export type WorkflowOutcome =
  | { readonly ended: 'returned'; readonly value: unknown }
  /** It returned a result that is not ok. */
  | { readonly ended: 'refused'; readonly kind: string; readonly error: unknown }
  | { readonly ended: 'threw'; readonly kind: string; readonly error: unknown }
  /** Its signal had aborted, and it threw the reason, or an error with that cause. */
  | { readonly ended: 'stopped'; readonly error: unknown }
  | { readonly ended: 'died' }
  /** Its signal had aborted, and it still went on: it waits for these, as far as they are known. */
  | { readonly ended: 'ignored the abort'; readonly inFlight: readonly string[] };

export function outcomeOf(value: unknown): WorkflowOutcome {
  if (!isResult(value) || value.ok) return { ended: 'returned', value };
  return { ended: 'refused', kind: kindOf(value.error), error: value.error };
}

export function outcomeOfThrown(error: unknown, signal: AbortSignal): WorkflowOutcome {
  if (isCancellation(error, signal)) return { ended: 'stopped', error };
  return { ended: 'threw', kind: error instanceof Error ? error.name : typeof error, error };
}

/** Such as `returned`, `refused NameTaken`, `threw StaleLease`; what it threw is not told where the fault itself was that. */
export function nameOf(outcome: WorkflowOutcome): string {
  if (outcome.ended !== 'refused' && outcome.ended !== 'threw') return outcome.ended;
  return outcome.kind === 'InjectedFault' ? outcome.ended : `${outcome.ended} ${outcome.kind}`;
}

function isResult(value: unknown): value is Result<unknown, unknown> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return value.ok === true ? 'value' in value : value.ok === false && 'error' in value;
}

function kindOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'kind' in error ? String(error.kind) : String(error);
}
