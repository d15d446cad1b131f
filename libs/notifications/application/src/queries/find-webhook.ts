import { err, ok, type Result } from '#kernel';
import type { SubscriptionId, SubscriptionNotFound } from '#notifications/domain';
import type { NotificationsReader, SubscriptionView } from '../ports/notifications-reader.ts';
import { viewOf } from '../subscription-view.ts';

export class FindWebhook {
  readonly #reader: NotificationsReader;

  constructor(reader: NotificationsReader) {
    this.#reader = reader;
  }

  async execute(
    { id }: { readonly id: SubscriptionId },
    { signal }: { signal: AbortSignal },
  ): Promise<Result<SubscriptionView, SubscriptionNotFound>> {
    const found = await this.#reader.subscription(id, signal);
    return found === null ? err({ kind: 'SubscriptionNotFound', subscriptionId: id }) : ok(viewOf(found));
  }
}
