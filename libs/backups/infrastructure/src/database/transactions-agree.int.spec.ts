import type { BackupsTransaction, VersionReader } from '#backups/application';
import { InMemoryBackupsTransaction, InMemoryVersionReader } from '#backups/application/testing';
import { Version, type ContentHash } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { expectOk, SequentialIds } from '#kernel/testing';
import { itBehavesLikeTransaction } from '#platform/database/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { useDatabase } from '#testing/database';
import { backupsSchema } from './backups-schema.ts';
import { TypeOrmBackupsTransaction } from './typeorm-backups-transaction.ts';
import { TypeOrmVersionReader } from './typeorm-version-reader.ts';

const { signal } = new AbortController();
const { deviceId } = aCollected();

/** A fact is the model of a version of one device. */
function overVersions(open: () => { transaction: BackupsTransaction; reader: VersionReader }): void {
  itBehavesLikeTransaction(() => {
    const { transaction, reader } = open();
    const ids = new SequentialIds();
    return {
      transaction,
      write: async ({ versions }, model) => {
        const id = ids.next<'Version'>();
        const hash = id.replaceAll('-', '').padStart(64, '0') as ContentHash;
        const collected = aCollected({ deviceId, model, contentHash: hash, significantHash: hash });
        await versions.add(expectOk(Version.following(await versions.latest(deviceId), collected, id)));
      },
      committed: async () =>
        (await reader.page({ deviceId, before: null, limit: 10 }, signal)).map(({ model }) => model),
    };
  });
}

describe('The transactions of backups', () => {
  const database = useDatabase(backupsSchema);

  describe('TypeOrmBackupsTransaction', () => {
    overVersions(() => ({
      transaction: new TypeOrmBackupsTransaction(database.source, new InMemoryJobs()),
      reader: new TypeOrmVersionReader(database.source),
    }));
  });

  describe('InMemoryBackupsTransaction', () => {
    overVersions(() => {
      const reader = new InMemoryVersionReader();
      return { transaction: new InMemoryBackupsTransaction(reader, new InMemoryJobs()), reader };
    });
  });
});
