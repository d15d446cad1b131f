import { InMemoryTransaction } from '#kernel/testing';
import { managerOf } from '#platform/database';
import type { Jobs, JobsWithin } from '#scheduling/contracts';
import { TestDatabase } from '#testing/database';
import type { QueryRunner } from 'typeorm';
import { notificationsSchema } from '../database/notifications-schema.ts';
import { PostgresOutbox } from '../database/postgres-outbox.ts';
import { surroundingsModule } from './surroundings.module.ts';
import { WiredNotificationsTest } from './wired-notifications-test.ts';

/** The worker's module over PostgreSQL. The jobs and the receiver are in memory. */
export class PostgresNotificationsTest extends WiredNotificationsTest {
  readonly database = this.part(new TestDatabase(notificationsSchema, { races: true }));
  readonly #joined = new Set<InMemoryTransaction>();

  override async crash(): Promise<void> {
    await super.crash();
    for (const transaction of this.#joined) transaction.end('undone');
  }

  protected override modules() {
    const { clock, ids } = this;
    const { source } = this.database;
    const jobs: JobsWithin = { join: (open) => this.#joinedTo(managerOf(open).queryRunner!) };
    const outbox = new PostgresOutbox(ids, clock);
    return [...super.modules(), surroundingsModule({ jobs, outbox, clock, ids, source })];
  }

  /** Jobs in memory that are kept, undone and let go with a transaction of the database. */
  #joinedTo(runner: QueryRunner): Jobs {
    const transaction = InMemoryTransaction.begin(new AbortController().signal);
    this.#joined.add(transaction);
    const [commit, release] = [runner.commitTransaction.bind(runner), runner.release.bind(runner)];
    runner.commitTransaction = async () => {
      await commit();
      this.#end(transaction, 'kept');
    };
    runner.release = () => {
      this.#end(transaction, 'undone');
      return release();
    };
    return this.jobs.join(transaction.open);
  }

  #end(transaction: InMemoryTransaction, outcome: 'kept' | 'undone'): void {
    if (this.#joined.delete(transaction)) transaction.end(outcome);
  }
}
