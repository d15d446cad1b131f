import type { InMemoryTransaction } from '#kernel/testing';
import {
  Delivery,
  type DeliveryId,
  type DeliverySnapshot,
  type EventId,
  type SubscriptionId,
} from '#notifications/domain';
import type { Deliveries } from '../ports/deliveries.ts';
import type { InMemoryNotifications, Overlay } from './in-memory-notifications.ts';

type Parts = {
  readonly stored: InMemoryNotifications;
  readonly deliveries: Overlay<DeliveryId, DeliverySnapshot>;
  readonly transaction: InMemoryTransaction;
};

export class InMemoryDeliveries implements Deliveries {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async insert(deliveries: readonly Delivery[]): Promise<readonly DeliveryId[]> {
    await this.#begin();
    const added: DeliveryId[] = [];
    for (const snapshot of deliveries.map((delivery) => delivery.snapshot())) {
      const { id, eventId, subscriptionId } = snapshot;
      if (this.of(eventId).some((known) => known.subscriptionId === subscriptionId)) continue;
      this.#parts.deliveries.put(id, snapshot);
      added.push(id);
    }
    return added;
  }

  async lock(id: DeliveryId): Promise<Delivery | null> {
    await this.#begin();
    const snapshot = this.#parts.deliveries.get(id);
    return snapshot === null ? null : Delivery.restore(snapshot);
  }

  async update(delivery: Delivery): Promise<void> {
    await this.#begin();
    this.#parts.deliveries.put(delivery.snapshot().id, delivery.snapshot());
  }

  async overdue(before: Date, limit: number): Promise<readonly Delivery[]> {
    await this.#begin();
    return this.#parts.deliveries
      .all()
      .filter(({ state, dueAt }) => state === 'waiting' && dueAt < before)
      .toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())
      .slice(0, limit)
      .map((snapshot) => Delivery.restore(snapshot));
  }

  of(eventId: EventId): readonly DeliverySnapshot[] {
    return this.#parts.deliveries.all().filter((one) => one.eventId === eventId);
  }

  removeOf(owner: { eventId: EventId } | { subscriptionId: SubscriptionId }): void {
    for (const { id, eventId, subscriptionId } of this.#parts.deliveries.all()) {
      const isOwner = 'eventId' in owner ? eventId === owner.eventId : subscriptionId === owner.subscriptionId;
      if (isOwner) this.#parts.deliveries.put(id, null);
    }
  }

  #begin(): Promise<void> {
    return this.#parts.stored.beginWriting(this.#parts.transaction);
  }
}
