import { InMemoryTransaction } from '#kernel/testing';
import type { OutboxWithin } from '#notifications/contracts';
import { InMemoryOutbox } from '#notifications/contracts/testing';

/** For transactions in which nobody has anything to tell. */
export const noOutbox: OutboxWithin = {
  join: () => new InMemoryOutbox().join(InMemoryTransaction.begin(new AbortController().signal).open),
};
