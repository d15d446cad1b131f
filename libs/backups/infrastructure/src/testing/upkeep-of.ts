import {
  BackupsTransaction,
  RetainVersions,
  StoredContents,
  SweepUnreferenced,
  VerificationReader,
  VerifyStore,
  VersionInventory,
  VersionReader,
} from '#backups/application';
import { shardOf, type ContentHash } from '#backups/domain';
import { Clock } from '#kernel';
import type { BackupTest } from './backup-test.ts';

/** Those who look after the store, over the ports of a test. They ask for one of the shards only: the others are empty. */
export async function upkeepOf({ get }: BackupTest, hash: ContentHash) {
  const stored = await get(StoredContents);
  const contents: StoredContents = {
    list: async (shard, signal) => (shard === shardOf(hash) ? stored.list(shard, signal) : []),
    examine: (content, signal) => stored.examine(content, signal),
    remove: (content, signal) => stored.remove(content, signal),
  };
  const [inventory, transaction, clock] = [
    await get(VersionInventory),
    await get(BackupsTransaction),
    await get(Clock),
  ];
  const ports = { contents, inventory, transaction, clock };
  return {
    sweep: new SweepUnreferenced(ports),
    verify: new VerifyStore({ ...ports, reader: await get(VerificationReader) }),
    retain: new RetainVersions({ ...ports, reader: await get(VersionReader) }),
  };
}

/** For stores whose clock is not the test's: everything is old enough. */
export const AT_ONCE = -Infinity;

export const quietly = () => {};
