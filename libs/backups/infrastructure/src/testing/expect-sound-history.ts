import { ConfigStore } from '#backups/application';
import { expect } from 'chai';
import type { BackupTest } from './backup-test.ts';

/**
 * What can never be untrue of a device's versions: they are numbered without a gap, none is like the one before or was collected
 * earlier, and the bytes of each are there; its status knows of the newest, and others were told of each. `versions` is how many there
 * have to be.
 */
export async function expectSoundHistory(test: BackupTest, { versions: count }: { readonly versions: number }) {
  const versions = (await test.versions()).toReversed();
  const store = await test.get(ConfigStore);

  expect(versions.map(({ sequence }) => sequence)).to.deep.equal(Array.from({ length: count }, (_, n) => n + 1));
  for (const [index, { contentHash, bytes, significantHash, collectedAt }] of versions.entries()) {
    const before = versions[index - 1];
    expect(significantHash).not.to.equal(before?.significantHash);
    expect(collectedAt).to.be.at.least(before?.collectedAt ?? collectedAt);
    expect((await store.get(contentHash, test.signal)).byteLength).to.equal(bytes);
  }
  const [newest, status] = [versions.at(-1), await test.status()];
  // A run that finds the device gone has forgotten it.
  const isForgotten = status === undefined && (await test.devices.known([test.deviceId], test.signal)).length === 0;
  if (newest !== undefined && !isForgotten) expect(status?.lastSuccessAt).to.be.at.least(newest.collectedAt);
  expect(test.changesTold ?? count).to.equal(count);
}
