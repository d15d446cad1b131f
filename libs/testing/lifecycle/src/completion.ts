import { inspect } from 'node:util';

/** Something that comes to an end by itself, such as a job or a run. */
export type Completing<T, D extends T = T> = {
  /** Completes "waited for …", such as `the backup to be stored`. */
  readonly what: string;
  /** The state it is in; undefined or null as long as there is none. */
  readonly probe: (signal: AbortSignal) => T | undefined | null | Promise<T | undefined | null>;
  readonly done: ((state: T) => state is D) | ((state: T) => boolean);
  /** Ends from which it never gets to the right one. */
  readonly failed?: (state: T) => boolean;
  /** Milliseconds, 60,000 unless told: of the test's clock, so that a quick test needs none of them. */
  readonly within?: number;
};

/** Whether a state is the end that was waited for; throws at once when it is another end. */
export function isComplete<T>({ what, done, failed }: Completing<T>, state: T | undefined | null): boolean {
  if (state === undefined || state === null) return false;
  if (done(state)) return true;
  if (failed?.(state) === true) {
    throw new Error(`Waited for ${what}, and it came to another end: ${inspect(state, { breakLength: Infinity })}.`);
  }
  return false;
}
