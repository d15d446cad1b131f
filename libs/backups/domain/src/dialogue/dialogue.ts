import type { CollectedConfiguration } from './collected-configuration.ts';
import type { CollectionFailure } from './collection.errors.ts';

/** What the device did. `closed` is lost when the connection broke, and orderly when the device ended it. */
export type DialogueEvent =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'exitStatus'; readonly status: number | null }
  | { readonly kind: 'endOfFile' }
  | { readonly kind: 'closed'; readonly how: 'orderly' | 'lost' }
  /** Nothing came for a short while, after the step `pause` asked for it. */
  | { readonly kind: 'quiet' }
  /** Nothing came for as long as the other side of this machine is willing to wait. */
  | { readonly kind: 'silence' };

/**
 * What to do next. `pause` is to listen, and to say `quiet` when nothing comes for a short while; `run` opens a channel
 * of its own for the command; `done` and `failed` are the last step.
 */
export type DialogueStep =
  | { readonly kind: 'listen' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'done'; readonly configuration: CollectedConfiguration }
  | { readonly kind: 'failed'; readonly failure: CollectionFailure };

/**
 * The conversation with one device, as a machine without I/O, clock or waiting.
 *
 * Text may come in pieces of any size: how it was cut does not change the outcome, unless a piece is followed by quiet.
 * Text that is not valid UTF-8 comes with U+FFFD in the place of what could not be read.
 */
export interface Dialogue {
  begin(): DialogueStep;
  after(event: DialogueEvent): DialogueStep;
}

export const LISTEN: DialogueStep = { kind: 'listen' };
export const PAUSE: DialogueStep = { kind: 'pause' };

export function failed(failure: CollectionFailure): DialogueStep {
  return { kind: 'failed', failure };
}

export function incomplete(reason: string): DialogueStep {
  return failed({ kind: 'ConfigurationIncomplete', reason });
}

export function garbled(reason: string): DialogueStep {
  return failed({ kind: 'AnswerGarbled', reason });
}
