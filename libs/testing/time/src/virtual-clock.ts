import { ManualClock } from '#kernel/testing';
import { watchHttp } from './http-activity.ts';
import { keepBooks } from './ledger.ts';
import { watchPromisedJobs } from './promised-jobs.ts';
import { PATIENCE_MS, runTimeline, type Work } from './run-timeline.ts';

// From the start: the connections of a pool may be older than the first clock.
keepBooks();
watchHttp();
watchPromisedJobs();

export type VirtualClockOptions = {
  /** The first moment; that of every {@link ManualClock} unless it is given. */
  readonly start?: Date;
  /**
   * How long something open that may be idle or may be slow is given to speak, in real milliseconds: a socket of the
   * test, a process, a thread. Requests that are certain to come back are waited for as long as they take.
   */
  readonly patienceMs?: number;
};

/**
 * Time of one test's own. It stands still until it is advanced, or until `runUntil` lets it pass by itself: then it waits
 * for whatever is real and jumps over whatever is only a sleep. Clocks of tests that overlap do not see each other.
 *
 * What it does not reach, because nothing in JavaScript can:
 * - timers and dates that are not asked of the `Clock` port: see `takeOverTimers`;
 * - time of others: the database server, processes and worker threads, TLS, DNS and keep-alive limits of the system;
 * - requests of native add-ons that Node does not announce to `async_hooks`: time jumps over them, unless their owner
 *   registers with `trackActivity`;
 * - promises that nobody will settle: it knows only that nothing it sees can settle them now;
 * - what another test or hook is about to do: a lock that it holds looks like one that nobody will give back;
 * - the order in which real answers arrive.
 *
 * A connection does not tell whether an answer is still to come. One that the test has opened is waited for until it has
 * been silent for the clock's patience; one of a pool while its last word went out unanswered. Owners that know better
 * register with `trackActivity`. HTTP requests, of `node:http` and `fetch`, are known by themselves.
 */
export class VirtualClock extends ManualClock {
  readonly #patienceMs: number;

  constructor({ start, patienceMs = PATIENCE_MS }: VirtualClockOptions = {}) {
    super(start);
    this.#patienceMs = patienceMs;
  }

  /**
   * Lets time pass until `work` settles, and settles like it. Given a function, it begins the work itself and can then
   * name the lines at which it waits. Calls may overlap; each waits for its own work and any moves the clock.
   *
   * Rejects with `Deadlock` when nothing can go on: at once where that is certain, after the clock's patience where something
   * silent is open. The work itself is not stopped: pass it a signal. Work that never ends by itself, such as a loop that
   * sleeps, lets time fly until the test's own limit: wait for what it brings about instead.
   */
  runUntil<T>(work: Work<T>): Promise<T> {
    return runTimeline(
      {
        time: () => this.now().getTime(),
        nextIn: () => this.nextIn,
        jump: () => this.advance(this.nextIn ?? 0),
        patienceMs: this.#patienceMs,
      },
      work,
    );
  }
}
