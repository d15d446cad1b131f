import { ok } from '#kernel';
import { expectOk, SequentialIds, transactionContract } from '#kernel/testing';
import type { NewEvent } from '#notifications/contracts';
import { outboxWithinContract, type OutboxUnderTest } from '#notifications/contracts/testing';
import { asOpenTransaction, schemaDrift, TypeOrmTransaction } from '#platform/database';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { notificationsSchema } from './notifications-schema.ts';
import { TypeOrmSubjectTransaction, type SubjectStores } from '../testing/subject-transaction.ts';
import { PostgresOutbox } from './postgres-outbox.ts';

class PostgresOutboxTest extends DatabaseTest {
  protected override schemas() {
    return [notificationsSchema];
  }

  protected override races() {
    return true;
  }

  opened(): OutboxUnderTest {
    const { clock, signal, database } = this;
    const transaction = new TypeOrmTransaction(database.source, asOpenTransaction);
    return {
      outbox: new PostgresOutbox(new SequentialIds(), clock),
      signal,
      inTransaction: async (work, until) =>
        expectOk(await transaction.run(async (joined) => ok(await work(joined)), until)),
      committed: () => database.source.query<NewEvent[]>('SELECT type, subject, data FROM events ORDER BY recorded'),
    };
  }
}

const t = PostgresOutboxTest.install();

describe('the outbox in PostgreSQL', () => {
  outboxWithinContract.holdsFor(
    PostgresOutbox,
    t.opens(({ opened }) => opened()),
  );

  transactionContract.holdsFor(
    TypeOrmSubjectTransaction,
    t.opens(({ opened, database }) => {
      const { outbox, committed } = opened();
      return {
        transaction: new TypeOrmSubjectTransaction(database.source, outbox),
        write: (stores: SubjectStores, fact) => stores.outbox.record({ type: 'job.parked', subject: fact, data: null }),
        committed: async () => (await committed()).map(({ subject }) => subject),
      };
    }),
  );

  it(
    'has the tables that its rows describe',
    t.test(async ({ database }) => {
      expect(await schemaDrift(database.source)).to.deep.equal([]);
    }),
  );
});
