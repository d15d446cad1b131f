import { err, ok, type Result } from '#kernel';
import type { DeliverySnapshot, SubscriptionNotFound } from '#notifications/domain';
import type { DeliveryPageRequest, NotificationsReader } from '../ports/notifications-reader.ts';

export class ListDeliveries {
  readonly #reader: NotificationsReader;

  constructor(reader: NotificationsReader) {
    this.#reader = reader;
  }

  async execute(
    query: DeliveryPageRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<readonly DeliverySnapshot[], SubscriptionNotFound>> {
    const { subscriptionId } = query;
    const subscription = await this.#reader.subscription(subscriptionId, signal);
    if (subscription === null) return err({ kind: 'SubscriptionNotFound', subscriptionId });
    return ok(await this.#reader.deliveries(query, signal));
  }
}
