import { abortable, type Json } from '#kernel';
import type { InMemoryTransaction } from '#kernel/testing';
import type { EventType } from '#notifications/contracts';
import type {
  DeliveryId,
  DeliverySnapshot,
  EventId,
  SubscriptionId,
  SubscriptionSnapshot,
} from '#notifications/domain';

export type StoredEvent = {
  readonly id: EventId;
  readonly type: EventType;
  readonly subject: string;
  readonly data: Json;
  readonly occurredAt: Date;
  /** In the order of the calls of `record`. */
  readonly recorded: number;
  readonly number: number | null;
};

/** What is committed: the one thing that the in-memory adapters of this context share. One transaction writes at a time. */
export class InMemoryNotifications {
  readonly events = new Map<EventId, StoredEvent>();
  readonly subscriptions = new Map<SubscriptionId, SubscriptionSnapshot>();
  readonly deliveries = new Map<DeliveryId, DeliverySnapshot>();
  /** How many events were recorded, undone ones included. */
  recorded = 0;
  #publisher: InMemoryTransaction | null = null;
  #writer: { readonly owner: InMemoryTransaction; readonly gone: Promise<void> } | null = null;

  async beginWriting(transaction: InMemoryTransaction): Promise<void> {
    transaction.throwIfOver();
    while (this.#writer !== null && this.#writer.owner !== transaction) {
      await abortable(this.#writer.gone, transaction.signal);
      transaction.throwIfOver();
    }
    if (this.#writer !== null) return;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    this.#writer = { owner: transaction, gone };
    transaction.onEnd(() => {
      this.#writer = null;
      resolve();
    });
  }

  /** False when another transaction publishes. */
  beginPublishing(transaction: InMemoryTransaction): boolean {
    if (this.#publisher !== null) return this.#publisher === transaction;
    this.#publisher = transaction;
    transaction.onEnd(() => (this.#publisher = null));
    return true;
  }
}

/** One table as a transaction sees it: what is committed, under what it has written itself. */
export class Overlay<Key, Row> {
  readonly #committed: Map<Key, Row>;
  readonly #written = new Map<Key, Row | null>();

  constructor(committed: Map<Key, Row>, transaction: InMemoryTransaction) {
    this.#committed = committed;
    transaction.onEnd((outcome) => {
      if (outcome === 'kept') for (const [key, row] of this.#written) this.#put(key, row);
    });
  }

  get(key: Key): Row | null {
    const written = this.#written.get(key);
    return written === undefined ? (this.#committed.get(key) ?? null) : written;
  }

  all(): readonly Row[] {
    const keys = new Set([...this.#committed.keys(), ...this.#written.keys()]);
    return [...keys].map((key) => this.get(key)).filter((row) => row !== null);
  }

  put(key: Key, row: Row | null): void {
    this.#written.set(key, row);
  }

  #put(key: Key, row: Row | null): void {
    if (row === null) this.#committed.delete(key);
    else this.#committed.set(key, row);
  }
}
