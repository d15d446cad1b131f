import { transactionContract } from '#kernel/testing';
import { InMemoryOutbox } from '#notifications/contracts/testing';
import { changed } from './wired-notifications-test.ts';
import { InMemorySubjectTransaction, type SubjectStores } from './subject-transaction.ts';

transactionContract.holdsFor(InMemorySubjectTransaction, () => {
  const outbox = new InMemoryOutbox();
  return {
    transaction: new InMemorySubjectTransaction(outbox),
    write: (stores: SubjectStores, fact) => stores.outbox.record({ ...changed, subject: fact }),
    committed: async () => outbox.recorded.map(({ subject }) => subject),
  };
});
