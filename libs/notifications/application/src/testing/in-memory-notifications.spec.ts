import { InMemoryTransaction, SequentialIds, transactionContract } from '#kernel/testing';
import { outboxWithinContract } from '#notifications/contracts/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { DELIVERY_JOB } from '../delivery-job.ts';
import { deliveriesContract } from './deliveries.contract.ts';
import { eventsContract } from './events.contract.ts';
import { InMemoryDeliveries } from './in-memory-deliveries.ts';
import { InMemoryEvents } from './in-memory-events.ts';
import { InMemoryNotifications } from './in-memory-notifications.ts';
import { InMemoryNotificationsReader } from './in-memory-notifications-reader.ts';
import { InMemoryNotificationsTransaction } from './in-memory-notifications-transaction.ts';
import { InMemoryPublishedOutbox } from './in-memory-published-outbox.ts';
import { InMemorySubscriptions } from './in-memory-subscriptions.ts';
import { InMemoryWebhookSecrets } from './in-memory-webhook-secrets.ts';
import { InMemoryWebhookTransport } from './in-memory-webhook-transport.ts';
import { notificationsReaderContract } from './notifications-reader.contract.ts';
import type { StoresUnderTest } from './stores-under-test.ts';
import { subscriptionsContract } from './subscriptions.contract.ts';
import { transactionOverSubscriptions } from './transaction-over-subscriptions.ts';
import { webhookSecretsContract } from './webhook-secrets.contract.ts';
import { webhookTransportContract } from './webhook-transport.contract.ts';

class InMemoryStoresTest extends AsyncTestBase {
  readonly stored = new InMemoryNotifications();
  readonly outbox = new InMemoryPublishedOutbox(this.stored, new SequentialIds(), this.clock);

  stores(): StoresUnderTest {
    const { stored, outbox, signal } = this;
    return {
      transaction: new InMemoryNotificationsTransaction(stored, new InMemoryJobs(DELIVERY_JOB)),
      reader: new InMemoryNotificationsReader(stored),
      signal,
      record: (event, during = async () => {}) =>
        InMemoryTransaction.run(
          async ({ open }) => {
            await outbox.join(open).record(event);
            await during();
          },
          { signal },
        ),
    };
  }
}

const t = InMemoryStoresTest.install();

describe('notifications in memory', () => {
  const open = t.opens(({ stores }) => stores());

  eventsContract.holdsFor(InMemoryEvents, open);
  subscriptionsContract.holdsFor(InMemorySubscriptions, open);
  deliveriesContract.holdsFor(InMemoryDeliveries, open);
  notificationsReaderContract.holdsFor(InMemoryNotificationsReader, open);
  transactionContract.holdsFor(
    InMemoryNotificationsTransaction,
    t.opens(({ stores }) => transactionOverSubscriptions(stores())),
  );
  outboxWithinContract.holdsFor(
    InMemoryPublishedOutbox,
    t.opens(({ outbox, stored, signal }) => ({
      outbox,
      signal,
      inTransaction: (work, until) => InMemoryTransaction.run((joined) => work(joined.open), { signal: until }),
      committed: async () =>
        [...stored.events.values()]
          .toSorted((one, other) => one.recorded - other.recorded)
          .map(({ type, subject, data }) => ({ type, subject, data })),
    })),
  );
  webhookSecretsContract.holdsFor(InMemoryWebhookSecrets, () => new InMemoryWebhookSecrets());
  webhookTransportContract.holdsFor(
    InMemoryWebhookTransport,
    t.opens(({ signal }) => {
      const transport = new InMemoryWebhookTransport();
      return {
        transport,
        signal,
        receiver: async (answer) => {
          transport.place('https://receiver.example/', answer);
          return 'https://receiver.example/';
        },
        nobody: async () => 'https://nobody.example/',
        arrived: () => transport.received,
        untilArrived: async () => {},
      };
    }),
  );
});
