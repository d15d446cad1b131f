import type { NotificationsReader, SubscriptionView } from '../ports/notifications-reader.ts';

/** There are few enough of them for one page. */
export class ListWebhooks {
  readonly #reader: NotificationsReader;

  constructor(reader: NotificationsReader) {
    this.#reader = reader;
  }

  execute({ signal }: { signal: AbortSignal }): Promise<readonly SubscriptionView[]> {
    return this.#reader.subscriptions(signal);
  }
}
