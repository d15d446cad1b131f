import { Version, type ContentHash } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { expectOk, SequentialIds, type TransactionSubject } from '#kernel/testing';
import type { BackupsStores, BackupsTransaction } from '../ports/backups-transaction.ts';
import type { VersionReader } from '../ports/version-reader.ts';

type Parts = { readonly transaction: BackupsTransaction; readonly reader: VersionReader };

/** The versions as the suite of all transactions sees them: a fact is the model of a version of one device. */
export function transactionOverVersions({ transaction, reader }: Parts): TransactionSubject<BackupsStores> {
  const ids = new SequentialIds();
  const { signal } = new AbortController();
  const { deviceId } = aCollected();
  return {
    transaction,
    write: async ({ versions }, model) => {
      const id = ids.next<'Version'>();
      const hash = id.replaceAll('-', '').padStart(64, '0') as ContentHash;
      const collected = aCollected({ deviceId, model, contentHash: hash, significantHash: hash });
      await versions.add(expectOk(Version.following(await versions.latest(deviceId), collected, id)));
    },
    committed: async () => (await reader.page({ deviceId, before: null, limit: 10 }, signal)).map(({ model }) => model),
  };
}
