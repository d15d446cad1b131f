import { InMemoryJobs } from '#scheduling/contracts/testing';
import { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
import { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { versionReaderContract } from './version-reader.contract.ts';

versionReaderContract.holdsFor(InMemoryVersionReader, () => {
  const reader = new InMemoryVersionReader();
  return { reader, transaction: new InMemoryBackupsTransaction(reader, new InMemoryJobs()) };
});
