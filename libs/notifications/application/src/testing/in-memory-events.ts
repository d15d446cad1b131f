import type { InMemoryTransaction } from '#kernel/testing';
import type { EventId } from '#notifications/domain';
import type { Events, EventView } from '../ports/events.ts';
import type { InMemoryNotifications, Overlay, StoredEvent } from './in-memory-notifications.ts';
import type { InMemoryDeliveries } from './in-memory-deliveries.ts';

type Parts = {
  readonly stored: InMemoryNotifications;
  readonly events: Overlay<EventId, StoredEvent>;
  readonly deliveries: InMemoryDeliveries;
  readonly transaction: InMemoryTransaction;
};

export class InMemoryEvents implements Events {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async publish(limit: number): Promise<readonly EventView[] | null> {
    const { stored, events, transaction } = this.#parts;
    transaction.throwIfOver();
    if (!stored.beginPublishing(transaction)) return null;
    const rows = events.all();
    const last = Math.max(0, ...rows.map(({ number }) => number ?? 0));
    const next = rows
      .filter(({ number }) => number === null)
      .toSorted((one, other) => one.recorded - other.recorded)
      .slice(0, limit);
    return next.map(({ recorded, ...row }, index) => {
      const published = { ...row, number: last + 1 + index };
      events.put(row.id, { ...published, recorded });
      return published;
    });
  }

  async prune(before: Date, limit: number): Promise<number> {
    const { stored, events, deliveries, transaction } = this.#parts;
    await stored.beginWriting(transaction);
    const rows = events.all();
    const last = Math.max(...rows.map(({ number }) => number ?? 0));
    const old = rows
      .filter(({ id, number, occurredAt }) => {
        const isOld = occurredAt < before && number !== null && number < last;
        return isOld && deliveries.of(id).every(({ state }) => state !== 'waiting');
      })
      .slice(0, limit);
    for (const { id } of old) {
      events.put(id, null);
      deliveries.removeOf({ eventId: id });
    }
    return old.length;
  }
}
