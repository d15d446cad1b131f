import type { InMemoryTransaction } from '#kernel/testing';
import { Subscription, type SubscriptionId, type SubscriptionSnapshot } from '#notifications/domain';
import type { Subscriptions, Wanting } from '../ports/subscriptions.ts';
import type { InMemoryDeliveries } from './in-memory-deliveries.ts';
import type { InMemoryNotifications, Overlay } from './in-memory-notifications.ts';

type Parts = {
  readonly stored: InMemoryNotifications;
  readonly subscriptions: Overlay<SubscriptionId, SubscriptionSnapshot>;
  readonly deliveries: InMemoryDeliveries;
  readonly transaction: InMemoryTransaction;
};

export class InMemorySubscriptions implements Subscriptions {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async lockAll(): Promise<void> {
    await this.#begin();
  }

  async count(): Promise<number> {
    this.#parts.transaction.throwIfOver();
    return this.#parts.subscriptions.all().length;
  }

  async insert(subscription: Subscription): Promise<void> {
    await this.update(subscription);
  }

  async lock(id: SubscriptionId): Promise<Subscription | null> {
    await this.#begin();
    const snapshot = this.#parts.subscriptions.get(id);
    return snapshot === null ? null : Subscription.restore(snapshot);
  }

  async update(subscription: Subscription): Promise<void> {
    await this.#begin();
    this.#parts.subscriptions.put(subscription.snapshot().id, subscription.snapshot());
  }

  async remove(id: SubscriptionId): Promise<void> {
    await this.#begin();
    this.#parts.subscriptions.put(id, null);
    this.#parts.deliveries.removeOf({ subscriptionId: id });
  }

  async active(): Promise<readonly Wanting[]> {
    await this.#begin();
    return this.#parts.subscriptions
      .all()
      .filter(({ disabled }) => disabled === null)
      .map(({ id, eventTypes }) => ({ id, eventTypes }));
  }

  #begin(): Promise<void> {
    return this.#parts.stored.beginWriting(this.#parts.transaction);
  }
}
