import type { OpenTransaction } from '#kernel';
import { InMemoryTransaction } from '#kernel/testing';
import type { NewEvent, Outbox, OutboxWithin } from '../outbox.ts';

/** The outbox as other contexts meet it. Tells nobody: a test looks at what was kept. */
export class InMemoryOutbox implements OutboxWithin {
  /** What was recorded and kept, in the order of the commits. */
  readonly recorded: NewEvent[] = [];

  join(open: OpenTransaction): Outbox {
    const transaction = InMemoryTransaction.of(open);
    return {
      record: async (event) => {
        transaction.throwIfOver();
        transaction.onEnd((outcome) => {
          if (outcome === 'kept') this.recorded.push(event);
        });
      },
    };
  }
}
