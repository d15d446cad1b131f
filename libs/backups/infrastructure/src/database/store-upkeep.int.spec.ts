import {
  contentFenceContract,
  verificationReaderContract,
  verificationsContract,
  versionInventoryContract,
} from '#backups/application/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { InMemoryTransaction } from '#kernel/testing';
import { DatabaseTest } from '#testing/database';
import { backupsSchema } from './backups-schema.ts';
import { PostgresContentFence } from './postgres-content-fence.ts';
import { PostgresVerifications } from './postgres-verifications.ts';
import { noOutbox } from '../testing/no-outbox.ts';
import { TypeOrmBackupsTransaction } from './typeorm-backups-transaction.ts';
import { TypeOrmVerificationReader } from './typeorm-verification-reader.ts';
import { TypeOrmVersionInventory } from './typeorm-version-inventory.ts';

class UpkeepTest extends DatabaseTest {
  parts() {
    const { source } = this.database;
    const jobs = new InMemoryJobs();
    const without = InMemoryTransaction.begin(this.signal).open;
    return {
      transaction: new TypeOrmBackupsTransaction(source, { join: () => jobs.join(without) }, noOutbox),
      inventory: new TypeOrmVersionInventory(source),
      reader: new TypeOrmVerificationReader(source),
    };
  }

  protected override schemas() {
    return [backupsSchema];
  }

  protected override races(): boolean {
    return true;
  }
}

const t = UpkeepTest.install();

contentFenceContract.holdsFor(
  PostgresContentFence,
  t.opens(({ parts }) => parts()),
);
versionInventoryContract.holdsFor(
  TypeOrmVersionInventory,
  t.opens(({ parts }) => parts()),
);
verificationsContract.holdsFor(
  PostgresVerifications,
  t.opens(({ parts }) => parts()),
);
verificationReaderContract.holdsFor(
  TypeOrmVerificationReader,
  t.opens(({ parts }) => parts()),
);
