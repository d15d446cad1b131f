import type { DeliveryId } from './ids.ts';

/** How a receiver took an attempt. `reason` completes "It was not delivered, because …". */
export type Answer =
  | { readonly kind: 'Answered'; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: 'NotReached'; readonly reason: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The longest pause after each failed attempt: eight attempts over up to a day and a half. */
const PAUSES = [10_000, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 8 * HOUR, 24 * HOUR];
/** A request that was refused as such will hardly be taken later: after this many attempts it is given up. */
const ATTEMPTS_WHEN_REFUSED = 3;
const LONGEST_RETRY_AFTER = 12 * HOUR;

export const MAX_ATTEMPTS = PAUSES.length + 1;

export type Verdict =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'dead' }
  | { readonly kind: 'retry'; readonly inMs: number };

/**
 * What becomes of a delivery after its `attempts`-th attempt was answered.
 *
 * Pauses are between half of a bound and all of it. Where in between is told by the delivery's id, the end of which is random
 * already, so that what failed together is not tried again together.
 */
export function judge(answer: Answer, { id, attempts }: { id: DeliveryId; attempts: number }): Verdict {
  if (isSuccess(answer)) return { kind: 'delivered' };
  if (answer.kind === 'Answered' && answer.status === 410) return { kind: 'gone' };
  const bound = PAUSES[attempts - 1];
  if (bound === undefined || (isRefusal(answer) && attempts >= ATTEMPTS_WHEN_REFUSED)) return { kind: 'dead' };
  const pause = Math.round((bound / 2) * (1 + fractionOf(id)));
  const asked = answer.kind === 'Answered' ? (answer.retryAfterMs ?? 0) : 0;
  return { kind: 'retry', inMs: Math.max(pause, Math.min(asked, LONGEST_RETRY_AFTER)) };
}

function isSuccess(answer: Answer): boolean {
  return answer.kind === 'Answered' && answer.status >= 200 && answer.status < 300;
}

/** 408 and 429 say that the request itself is well. */
function isRefusal(answer: Answer): boolean {
  if (answer.kind !== 'Answered' || answer.status === 408 || answer.status === 429) return false;
  return answer.status >= 300 && answer.status < 500;
}

function fractionOf(id: DeliveryId): number {
  return Number.parseInt(id.slice(-6), 16) / 0xff_ff_ff;
}
