import { itBehavesLikeTransaction } from '#kernel/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
import { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { transactionOverVersions } from './transaction-over-versions.ts';
import { itBehavesLikeVersions } from './versions.contract.ts';

describe('InMemoryBackupsTransaction', () => {
  itBehavesLikeVersions(() => {
    const reader = new InMemoryVersionReader();
    const jobs = new InMemoryJobs('backup.run');
    return {
      reader,
      transaction: new InMemoryBackupsTransaction(reader, jobs),
      jobsKept: async () => jobs.submitted.size,
    };
  });

  itBehavesLikeTransaction(() => {
    const reader = new InMemoryVersionReader();
    return transactionOverVersions({ transaction: new InMemoryBackupsTransaction(reader, new InMemoryJobs()), reader });
  });
});
