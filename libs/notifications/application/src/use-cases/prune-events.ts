import { ok, type Clock } from '#kernel';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';

/** How long it can be looked up what was told to whom. */
const KEPT_MS = 30 * 86_400_000;

/** Removes up to `limit` old events and their deliveries, and answers how many events. */
export class PruneEvents {
  readonly #transaction: NotificationsTransaction;
  readonly #clock: Clock;

  constructor(transaction: NotificationsTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  async execute({ limit }: { limit: number }, { signal }: { signal: AbortSignal }): Promise<number> {
    const before = new Date(this.#clock.now().getTime() - KEPT_MS);
    const pruned = await this.#transaction.run<number, never>(
      async ({ events }) => ok(await events.prune(before, limit)),
      signal,
    );
    return pruned.ok ? pruned.value : 0;
  }
}
