import { SequentialIds, type TransactionSubject } from '#kernel/testing';
import type { NotificationsStores } from '../ports/notifications-transaction.ts';
import { aSubscription, type StoresUnderTest } from './stores-under-test.ts';

/** The notifications as the suite of all transactions sees them: a fact is the one type of events that a subscription wants. */
export function transactionOverSubscriptions(under: StoresUnderTest): TransactionSubject<NotificationsStores> {
  const ids = new SequentialIds();
  return {
    transaction: under.transaction,
    write: ({ subscriptions }, fact) => subscriptions.insert(aSubscription(ids.next(), [fact])),
    committed: async () => (await under.reader.subscriptions(under.signal)).flatMap(({ eventTypes }) => eventTypes),
  };
}
