import { withoutKitFrames } from '#testing/runtime';
import { inspect } from 'node:util';
import type { FaultCell } from './fault-sweep.ts';
import type { Phase, Tried } from './fault-trial.ts';
import { nameOf } from './workflow-outcome.ts';

/** What is said of a trial with a fault, beside `known`, the keys of what the run without one has crossed. */
export function judged(
  { injection, phase, outcome, recovered, failure }: Tried,
  known: readonly string[],
): Pick<FaultCell, 'verdict' | 'outcome' | 'recovered' | 'error'> {
  const strange = injection.crossingsBefore.find(({ key }) => !known.includes(key));
  const found = [
    ...(failure === undefined ? [] : [toldOf(failure.error)]),
    ...(injection.isMet ? [] : ['The call was not made this time, so that its fault was not tried.']),
    ...(strange === undefined
      ? []
      : [`Before the fault it called ${strange.what}, which the run without any fault does not (${strange.key}).`]),
  ];
  if (!injection.isMet || strange !== undefined) {
    found.push('Something that no port controls decides what is called: randomness, the real clock, or real I/O.');
  }
  return {
    verdict: failure ? 'failed' : !injection.isMet ? 'not met' : strange ? 'diverged' : 'holds',
    outcome: outcome === undefined ? unendedIn(phase) : nameOf(outcome),
    recovered: recovered === undefined ? null : nameOf(recovered),
    error: found.length === 0 ? null : found.join('\n'),
  };
}

function unendedIn(phase: Phase): string {
  return phase === 'its set-up' || phase === '`given`' ? 'not begun' : 'not ended';
}

function toldOf(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  return error.stack === undefined ? String(error) : withoutKitFrames(error.stack);
}
