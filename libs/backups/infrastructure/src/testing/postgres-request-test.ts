import { TestDatabase } from '#testing/database';
import { backupsWorkerModule } from '../backups-worker.module.ts';
import { backupsSchema } from '../database/backups-schema.ts';
import { JoinedInMemory } from './joined-in-memory.ts';
import { RequestTest } from './request-test.ts';
import { masterKey } from './stores.ts';
import { surroundingsModule } from './surroundings.module.ts';

/** Over PostgreSQL, whose transactions jobs and events in memory have joined. */
export class PostgresRequestTest extends RequestTest {
  readonly #database = this.part(new TestDatabase(backupsSchema, { races: true }));
  readonly #joined = new JoinedInMemory();

  override async crash(): Promise<void> {
    await super.crash();
    this.#joined.crash();
  }

  protected modules() {
    const { devices, unfinishedJobs, clock, ids } = this;
    const { source } = this.#database;
    const jobs = { join: (open: Parameters<JoinedInMemory['of']>[0]) => this.jobs.join(this.#joined.of(open)) };
    const outbox = { join: (open: Parameters<JoinedInMemory['of']>[0]) => this.outbox.join(this.#joined.of(open)) };
    return [
      backupsWorkerModule({ storeDirectory: '/nowhere', masterKey }),
      surroundingsModule({ devices, jobs, unfinishedJobs, outbox, clock, ids, source }),
    ];
  }
}
