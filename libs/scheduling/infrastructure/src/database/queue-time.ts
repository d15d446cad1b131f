import type { Clock } from '#kernel';

/** Whose time leases and due times are measured by. */
export abstract class QueueTime {
  /** The time to go by, or null for the database's own. */
  abstract now(): Date | null;
}

/** One clock for all workers, whatever their own clocks show. */
export class DatabaseTime implements QueueTime {
  now(): null {
    return null;
  }
}

/** For tests, which move the clock; in production it would let a worker with a wrong clock take the jobs of others. */
export class ClockTime implements QueueTime {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }
}
