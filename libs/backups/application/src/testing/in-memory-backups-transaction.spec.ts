import { transactionContract } from '#kernel/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
import { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { InMemoryVersions } from './in-memory-versions.ts';
import { transactionOverVersions } from './transaction-over-versions.ts';
import { versionsContract } from './versions.contract.ts';

describe('InMemoryBackupsTransaction', () => {
  versionsContract.holdsFor(InMemoryVersions, () => {
    const reader = new InMemoryVersionReader();
    const jobs = new InMemoryJobs('backup.run');
    return {
      reader,
      transaction: new InMemoryBackupsTransaction(reader, jobs),
      jobsKept: async () => jobs.submitted.size,
    };
  });

  transactionContract.holdsFor(InMemoryBackupsTransaction, () => {
    const reader = new InMemoryVersionReader();
    return transactionOverVersions({ transaction: new InMemoryBackupsTransaction(reader, new InMemoryJobs()), reader });
  });
});
