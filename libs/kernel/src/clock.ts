/** The reason of a signal that a {@link Clock} aborted because its time was up. */
export class DeadlineExceeded extends Error {
  readonly milliseconds: number;

  constructor(milliseconds: number) {
    super(`The deadline of ${milliseconds} ms has passed.`);
    this.name = 'DeadlineExceeded';
    this.milliseconds = milliseconds;
  }
}

/** A signal with a time limit. Dispose it when the work is over, so that its timer does not outlive the work. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
}

/**
 * Time, as far as a use case may know it.
 *
 * `now` is the wall clock and may jump; durations are in milliseconds and follow a clock that does not.
 * `sleep` resolves after the duration, or rejects with the signal's reason as soon as it aborts (also when it already has).
 * `deadline` aborts its signal with {@link DeadlineExceeded} when the duration is over, or with the reason of
 * `parent` when that aborts first. A disposed deadline never aborts any more.
 */
export abstract class Clock {
  abstract now(): Date;
  abstract sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  abstract deadline(milliseconds: number, parent?: AbortSignal): Deadline;
}
