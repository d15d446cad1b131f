import { Version, type ContentHash } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { ok } from '#kernel';
import { contract, expectOk, SequentialIds, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import { VersionInventory } from '../ports/version-inventory.ts';

export type VersionInventoryUnderTest = {
  readonly inventory: VersionInventory;
  readonly transaction: BackupsTransaction;
};

const { signal } = new AbortController();
const hashFrom = (start: string) => start.padEnd(64, '0') as ContentHash;
const device = (position: number) => sequentialId<'Device'>(position);

/** What every {@link VersionInventory} promises; of the fence, `contentFenceContract` tells. */
export const versionInventoryContract = contract(VersionInventory, (open: () => VersionInventoryUnderTest) => {
  const ids = new SequentialIds();

  /** A history of these contents, each 10 bytes long. */
  async function keep(transaction: BackupsTransaction, deviceId: ReturnType<typeof device>, hashes: ContentHash[]) {
    for (const contentHash of hashes) {
      const collected = aCollected({ deviceId, contentHash, significantHash: contentHash, bytes: 10 });
      await transaction.run(async ({ versions }) => {
        await versions.add(expectOk(Version.following(await versions.latest(deviceId), collected, ids.next())));
        return ok();
      }, signal);
    }
  }

  it('tells the contents of a shard page by page, each once', async () => {
    const { inventory, transaction } = open();
    const [a1, a2, a3, b1] = ['ab1', 'ab2', 'ab3', 'ac1'].map(hashFrom) as [
      ContentHash,
      ContentHash,
      ContentHash,
      ContentHash,
    ];
    await keep(transaction, device(1), [a3, b1, a1, a3]);
    await keep(transaction, device(2), [a2, a3]);

    const first = await inventory.contents({ shard: 0xab, after: null, limit: 2 }, signal);
    const second = await inventory.contents({ shard: 0xab, after: a2, limit: 2 }, signal);

    expect(first).to.deep.equal([
      { hash: a1, bytes: 10, versions: 1 },
      { hash: a2, bytes: 10, versions: 1 },
    ]);
    expect(second).to.deep.equal([{ hash: a3, bytes: 10, versions: 3 }]);
    expect(await inventory.contents({ shard: 0xad, after: null, limit: 2 }, signal)).to.deep.equal([]);
  });

  it('has every shard, the first and the last as well', async () => {
    const { inventory, transaction } = open();
    await keep(transaction, device(1), ['00', 'ff'].map(hashFrom));

    const found = [];
    for (const shard of [0, 1, 254, 255])
      found.push(await inventory.contents({ shard, after: null, limit: 9 }, signal));

    expect(found.map((page) => page.length)).to.deep.equal([1, 0, 0, 1]);
  });

  it('tells which of some contents versions name', async () => {
    const { inventory, transaction } = open();
    await keep(transaction, device(1), [hashFrom('ab')]);

    const named = await inventory.named([hashFrom('ab'), hashFrom('cd')], signal);

    expect(named).to.deep.equal([{ hash: hashFrom('ab'), bytes: 10, versions: 1 }]);
    expect(await inventory.named([], signal)).to.deep.equal([]);
  });

  it('tells the devices that have versions, page by page', async () => {
    const { inventory, transaction } = open();
    for (const position of [3, 1, 2]) await keep(transaction, device(position), ['ab', 'cd'].map(hashFrom));

    const first = await inventory.devices({ after: null, limit: 2 }, signal);
    const second = await inventory.devices({ after: device(2), limit: 2 }, signal);

    expect([first, second]).to.deep.equal([[device(1), device(2)], [device(3)]]);
    expect(await inventory.devices({ after: device(3), limit: 2 }, signal)).to.deep.equal([]);
  });

  it('does nothing for a caller that has stopped', async () => {
    const { inventory } = open();
    const stopped = new Error('stopped by the caller');

    const refused = await inventory
      .devices({ after: null, limit: 1 }, AbortSignal.abort(stopped))
      .catch((e: unknown) => e);

    expect(refused).to.equal(stopped);
  });
});
