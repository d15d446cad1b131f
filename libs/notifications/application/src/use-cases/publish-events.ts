import { ok, type Clock, type Ids } from '#kernel';
import { Delivery } from '#notifications/domain';
import { submitAttempt } from '../delivery-job.ts';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';

export type Published = {
  readonly events: number;
  readonly deliveries: number;
  /** Whether there may be more to publish right now. */
  readonly more: boolean;
};

const NOTHING: Published = { events: 0, deliveries: 0, more: false };

/** Makes, of up to `limit` events, the deliveries to whoever wants them, and the jobs that send them: all of it or nothing. */
export class PublishEvents {
  readonly #transaction: NotificationsTransaction;
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(transaction: NotificationsTransaction, clock: Clock, ids: Ids) {
    this.#transaction = transaction;
    this.#clock = clock;
    this.#ids = ids;
  }

  async execute({ limit }: { limit: number }, { signal }: { signal: AbortSignal }): Promise<Published> {
    const published = await this.#transaction.run<Published, never>(
      async ({ events, subscriptions, deliveries, jobs }) => {
        const found = await events.publish(limit);
        if (found === null || found.length === 0) return ok(NOTHING);
        const active = await subscriptions.active();
        const now = this.#clock.now();
        const made = found.flatMap(({ id: eventId, type }) =>
          active
            .filter(({ eventTypes }) => eventTypes.includes(type))
            .map(({ id: subscriptionId }) => Delivery.of({ id: this.#ids.next(), eventId, subscriptionId }, now)),
        );
        const added = new Set(made.length === 0 ? [] : await deliveries.insert(made));
        for (const { next } of made) {
          if (next !== null && added.has(next.deliveryId)) await submitAttempt(jobs, next, now);
        }
        return ok({ events: found.length, deliveries: added.size, more: found.length === limit });
      },
      signal,
    );
    return published.ok ? published.value : NOTHING;
  }
}
