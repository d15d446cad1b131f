import type { Err, Ok } from '#kernel';

/** What a racer's answer is worth: the value of a result that is ok, or the answer itself. */
export type ValueOf<A> = A extends Ok<infer V> ? V : A extends Err<unknown> ? never : A;

/** How one racer ended. `kind` of a refusal is that of its error, of a throw the name of the error. */
export type RacerOutcome<A = unknown> = { readonly racer: string } & (
  | { readonly ended: 'fulfilled'; readonly value: ValueOf<A> }
  | { readonly ended: 'refused'; readonly kind: string; readonly error: unknown }
  | { readonly ended: 'threw'; readonly kind: string; readonly error: unknown }
);

export function outcomeOf<A>(racer: string, settled: PromiseSettledResult<A>): RacerOutcome<A> {
  if (settled.status === 'rejected') {
    const error: unknown = settled.reason;
    return { racer, ended: 'threw', kind: error instanceof Error ? error.name : typeof error, error };
  }
  const answer: unknown = settled.value;
  if (!isResult(answer)) return { racer, ended: 'fulfilled', value: answer as ValueOf<A> };
  if (answer.ok) return { racer, ended: 'fulfilled', value: answer.value as ValueOf<A> };
  return { racer, ended: 'refused', kind: kindOf(answer.error), error: answer.error };
}

/** Such as `fulfilled`, `refused NameTaken` or `threw StaleLease`. */
export function nameOf(outcome: RacerOutcome): string {
  return outcome.ended === 'fulfilled' ? outcome.ended : `${outcome.ended} ${outcome.kind}`;
}

function isResult(answer: unknown): answer is Ok<unknown> | Err<unknown> {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false;
  return answer.ok === true ? 'value' in answer : answer.ok === false && 'error' in answer;
}

function kindOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'kind' in error) return String(error.kind);
  return String(error);
}
