import { ok } from '#kernel';
import { expectOk, SequentialIds, transactionContract } from '#kernel/testing';
import { DELIVERY_JOB } from '#notifications/application';
import {
  deliveriesContract,
  eventsContract,
  notificationsReaderContract,
  subscriptionsContract,
  transactionOverSubscriptions,
  type StoresUnderTest,
} from '#notifications/application/testing';
import { InMemoryTransaction } from '#kernel/testing';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { DatabaseTest } from '#testing/database';
import { notificationsSchema } from './notifications-schema.ts';
import { PostgresEvents } from './postgres-events.ts';
import { PostgresOutbox } from './postgres-outbox.ts';
import { TypeOrmDeliveries } from './typeorm-deliveries.ts';
import { TypeOrmNotificationsReader } from './typeorm-notifications-reader.ts';
import { TypeOrmNotificationsTransaction } from './typeorm-notifications-transaction.ts';
import { TypeOrmSubscriptions } from './typeorm-subscriptions.ts';

class PostgresNotificationsTest extends DatabaseTest {
  protected override schemas() {
    return [notificationsSchema];
  }

  protected override races() {
    return true;
  }

  stores(): StoresUnderTest {
    const { clock, signal } = this;
    const { source } = this.database;
    const outbox = new PostgresOutbox(new SequentialIds(), clock);
    const other = new TypeOrmTransaction(source, asOpenTransaction);
    const jobs = new InMemoryJobs(DELIVERY_JOB);
    return {
      transaction: new TypeOrmNotificationsTransaction(source, {
        join: () => jobs.join(InMemoryTransaction.begin(signal).open),
      }),
      reader: new TypeOrmNotificationsReader(source),
      signal,
      record: async (event, during = async () => {}) => {
        const recorded = await other.run(async (joined) => {
          await outbox.join(joined).record(event);
          return ok(await during());
        }, signal);
        expectOk(recorded);
      },
    };
  }
}

const t = PostgresNotificationsTest.install();

describe('notifications in PostgreSQL', () => {
  const open = t.opens(({ stores }) => stores());

  eventsContract.holdsFor(PostgresEvents, open);
  subscriptionsContract.holdsFor(TypeOrmSubscriptions, open);
  deliveriesContract.holdsFor(TypeOrmDeliveries, open);
  notificationsReaderContract.holdsFor(TypeOrmNotificationsReader, open);
  transactionContract.holdsFor(
    TypeOrmNotificationsTransaction,
    t.opens(({ stores }) => transactionOverSubscriptions(stores())),
  );
});
