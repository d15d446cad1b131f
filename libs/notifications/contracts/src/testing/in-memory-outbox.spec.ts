import { InMemoryTransaction } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { InMemoryOutbox } from './in-memory-outbox.ts';
import { outboxWithinContract } from './outbox.contract.ts';

const t = AsyncTestBase.install();

outboxWithinContract.holdsFor(
  InMemoryOutbox,
  t.opens(({ signal }) => {
    const outbox = new InMemoryOutbox();
    return {
      outbox,
      signal,
      inTransaction: (work, until) => InMemoryTransaction.run(({ open }) => work(open), { signal: until }),
      committed: async () => outbox.recorded,
    };
  }),
);
