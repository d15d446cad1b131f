import { ok, type Clock } from '#kernel';
import { submitAttempt } from '../delivery-job.ts';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';

/** Longer than the jobs of an attempt need for all of theirs. */
const OVERDUE_MS = 3_600_000;

/**
 * Asks once more for the attempts that nobody has made: those whose job was given up or removed. Where the job is only late, the one
 * that comes second finds nothing to do.
 */
export class ResumeDeliveries {
  readonly #transaction: NotificationsTransaction;
  readonly #clock: Clock;

  constructor(transaction: NotificationsTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  /** How many were resumed. */
  async execute({ limit }: { limit: number }, { signal }: { signal: AbortSignal }): Promise<number> {
    const resumed = await this.#transaction.run<number, never>(async ({ deliveries, jobs }) => {
      const now = this.#clock.now();
      const overdue = await deliveries.overdue(new Date(now.getTime() - OVERDUE_MS), limit);
      for (const delivery of overdue) {
        delivery.postpone(now);
        await deliveries.update(delivery);
        if (delivery.next !== null) await submitAttempt(jobs, delivery.next, now);
      }
      return ok(overdue.length);
    }, signal);
    return resumed.ok ? resumed.value : 0;
  }
}
