import { backupStatusesContract, backupStatusReaderContract } from '#backups/application/testing';
import { InMemoryTransaction } from '#kernel/testing';
import type { JobsWithin } from '#scheduling/contracts';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { DatabaseTest } from '#testing/database';
import { backupsSchema } from './backups-schema.ts';
import { TypeOrmBackupStatuses } from './typeorm-backup-statuses.ts';
import { TypeOrmBackupStatusReader } from './typeorm-backup-status-reader.ts';
import { noOutbox } from '../testing/no-outbox.ts';
import { TypeOrmBackupsTransaction } from './typeorm-backups-transaction.ts';

class StatusesTest extends DatabaseTest {
  readonly #jobs: JobsWithin = { join: () => new InMemoryJobs().join(InMemoryTransaction.begin(this.signal).open) };

  get under() {
    const { source } = this.database;
    const transaction = new TypeOrmBackupsTransaction(source, this.#jobs, noOutbox);
    return { reader: new TypeOrmBackupStatusReader(source), transaction, signal: this.signal };
  }

  protected override schemas() {
    return [backupsSchema];
  }

  protected override races(): boolean {
    return true;
  }
}

const t = StatusesTest.install();

describe('The statuses of backups in PostgreSQL', () => {
  backupStatusesContract.holdsFor(
    TypeOrmBackupStatuses,
    t.opens(({ under }) => under),
  );
  backupStatusReaderContract.holdsFor(
    TypeOrmBackupStatusReader,
    t.opens(({ under }) => under),
  );
});
