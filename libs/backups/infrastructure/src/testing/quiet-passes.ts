import { Clock, type Deadline } from '#kernel';
import { SystemClock } from '#platform/system';

/** A quiet that is as long as no other limit of a collection, so that it can be told from them. */
export const QUIET_MS = 20;

/**
 * Time that stands still but for the quiet behind a prompt: whether a device goes on is a fact about its socket, which
 * nobody here can advance to.
 */
export class QuietPasses extends Clock {
  readonly #clock: Clock;
  readonly #system = new SystemClock();

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.sleep(milliseconds, signal);
  }

  deadline(milliseconds: number, parent?: AbortSignal): Deadline {
    return (milliseconds === QUIET_MS ? this.#system : this.#clock).deadline(milliseconds, parent);
  }
}
