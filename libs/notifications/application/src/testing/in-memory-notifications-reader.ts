import type { DeliveryId, DeliverySnapshot, SubscriptionId, SubscriptionSnapshot } from '#notifications/domain';
import type { EventView } from '../ports/events.ts';
import type {
  DeliveryPageRequest,
  NotificationsReader,
  Outgoing,
  SubscriptionView,
} from '../ports/notifications-reader.ts';
import { viewOf } from '../subscription-view.ts';
import type { InMemoryNotifications, StoredEvent } from './in-memory-notifications.ts';

export class InMemoryNotificationsReader implements NotificationsReader {
  readonly #stored: InMemoryNotifications;

  constructor(stored: InMemoryNotifications) {
    this.#stored = stored;
  }

  async subscriptions(signal: AbortSignal): Promise<readonly SubscriptionView[]> {
    signal.throwIfAborted();
    return [...this.#stored.subscriptions.values()].map(viewOf).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  async subscription(id: SubscriptionId, signal: AbortSignal): Promise<SubscriptionSnapshot | null> {
    signal.throwIfAborted();
    return this.#stored.subscriptions.get(id) ?? null;
  }

  async deliveries(page: DeliveryPageRequest, signal: AbortSignal): Promise<readonly DeliverySnapshot[]> {
    signal.throwIfAborted();
    const { subscriptionId, state, before, limit } = page;
    return [...this.#stored.deliveries.values()]
      .filter((one) => one.subscriptionId === subscriptionId && (state === null || one.state === state))
      .filter(({ id }) => before === null || id < before)
      .toSorted((one, other) => (one.id < other.id ? 1 : -1))
      .slice(0, limit);
  }

  async outgoing(id: DeliveryId, signal: AbortSignal): Promise<Outgoing | null> {
    signal.throwIfAborted();
    const delivery = this.#stored.deliveries.get(id);
    if (delivery === undefined) return null;
    const event = this.#stored.events.get(delivery.eventId);
    const subscription = this.#stored.subscriptions.get(delivery.subscriptionId);
    const [view] = event === undefined ? [] : published(event);
    return subscription === undefined || view === undefined ? null : { delivery, event: view, subscription };
  }

  async events({ after, limit }: { after: number; limit: number }, signal: AbortSignal): Promise<readonly EventView[]> {
    signal.throwIfAborted();
    return [...this.#stored.events.values()]
      .flatMap(published)
      .filter(({ number }) => number > after)
      .toSorted((one, other) => one.number - other.number)
      .slice(0, limit);
  }

  async newest(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    return Math.max(0, ...[...this.#stored.events.values()].map(({ number }) => number ?? 0));
  }
}

function published({ recorded: _, number, ...event }: StoredEvent): EventView[] {
  return number === null ? [] : [{ ...event, number }];
}
