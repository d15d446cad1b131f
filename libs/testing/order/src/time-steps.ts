import { Clock } from '#kernel';
import type { PortCall } from '#testing/container';
import type { VirtualClock } from '#testing/time';
import { TIME, type Step } from './step.ts';

const CLOCK: ReadonlySet<string> = new Set<keyof Clock>(['now', 'sleep', 'deadline']);

/** Whether a call is one of the clock, and no step: a class may be called so, and keep no time. */
export function isTime(call: PortCall): boolean {
  return CLOCK.has(call.method) && call.isOf(Clock);
}

/** The step that lets the next timer ring. */
export function timeUntil(clock: VirtualClock): Step {
  return { actor: TIME, number: 0, what: `${clock.nextIn ?? 0} ms pass`, keys: undefined, args: [] };
}
