import { InMemoryJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { backupStatusReaderContract } from './backup-status-reader.contract.ts';
import { backupStatusesContract } from './backup-statuses.contract.ts';
import { InMemoryBackupStatusReader } from './in-memory-backup-status-reader.ts';
import { InMemoryBackupStatuses } from './in-memory-backup-statuses.ts';
import { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
import { InMemoryVersionReader } from './in-memory-version-reader.ts';

const t = AsyncTestBase.install();

const inMemory = t.opens(({ signal }) => {
  const reader = new InMemoryBackupStatusReader();
  const transaction = new InMemoryBackupsTransaction(new InMemoryVersionReader(), new InMemoryJobs(), {
    statuses: reader,
  });
  return { reader, transaction, signal };
});

backupStatusesContract.holdsFor(InMemoryBackupStatuses, inMemory);
backupStatusReaderContract.holdsFor(InMemoryBackupStatusReader, inMemory);
