import type { Clock, Ids, OpenTransaction } from '#kernel';
import { InMemoryTransaction } from '#kernel/testing';
import type { NewEvent, Outbox, OutboxWithin } from '#notifications/contracts';
import type { InMemoryNotifications } from './in-memory-notifications.ts';

/** The outbox whose events are published from memory. */
export class InMemoryPublishedOutbox implements OutboxWithin {
  readonly #stored: InMemoryNotifications;
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor(stored: InMemoryNotifications, ids: Ids, clock: Clock) {
    this.#stored = stored;
    this.#ids = ids;
    this.#clock = clock;
  }

  join(open: OpenTransaction): Outbox {
    const transaction = InMemoryTransaction.of(open);
    return {
      record: async (event: NewEvent) => {
        transaction.throwIfOver();
        const id = this.#ids.next<'Event'>();
        const row = { ...event, id, occurredAt: this.#clock.now(), recorded: this.#stored.recorded++, number: null };
        transaction.onEnd((outcome) => {
          if (outcome === 'kept') this.#stored.events.set(id, row);
        });
      },
    };
  }
}
