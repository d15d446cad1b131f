import { InMemoryJobs } from '#scheduling/contracts/testing';
import { contentFenceContract } from './content-fence.contract.ts';
import { InMemoryBackupsTransaction } from './in-memory-backups-transaction.ts';
import { InMemoryContentFence } from './in-memory-content-fence.ts';
import { InMemoryVerificationReader, InMemoryVerifications } from './in-memory-verifications.ts';
import { InMemoryVersionInventory } from './in-memory-version-inventory.ts';
import { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { verificationReaderContract, verificationsContract } from './verifications.contract.ts';
import { versionInventoryContract } from './version-inventory.contract.ts';

function open() {
  const committed = new InMemoryVersionReader();
  const transaction = new InMemoryBackupsTransaction(committed, new InMemoryJobs());
  return {
    transaction,
    inventory: new InMemoryVersionInventory(committed),
    reader: new InMemoryVerificationReader(committed),
  };
}

contentFenceContract.holdsFor(InMemoryContentFence, open);
versionInventoryContract.holdsFor(InMemoryVersionInventory, open);
verificationsContract.holdsFor(InMemoryVerifications, open);
verificationReaderContract.holdsFor(InMemoryVerificationReader, open);
