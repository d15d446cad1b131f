import { Version } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { ok } from '#kernel';
import { contract, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import { VersionReader } from '../ports/version-reader.ts';
import { UnlikeVersions } from './unlike-versions.ts';

export type VersionReaderUnderTest = { readonly reader: VersionReader; readonly transaction: BackupsTransaction };

const untimed = () => new AbortController().signal;
const device = (position = 1) => sequentialId<'Device'>(position);

/** What every {@link VersionReader} promises about what a transaction has committed. */
export const versionReaderContract = contract(VersionReader, (open: () => VersionReaderUnderTest) => {
  it('gives back every fact of a version', async () => {
    const { transaction, reader } = open();
    const version = expectOk(Version.following(null, aCollected({ deviceId: device() }), sequentialId(1)));
    await transaction.run(async ({ versions }) => ok(await versions.add(version)), untimed());

    const [found, page] = [
      await reader.find(version.id, untimed()),
      await reader.page({ deviceId: device(), before: null, limit: 10 }, untimed()),
    ];

    expect(found).to.deep.equal(version.snapshot());
    expect(page).to.deep.equal([version.snapshot()]);
  });

  it('knows no version that was never added', async () => {
    const { reader } = open();

    expect(await reader.find(sequentialId(1), untimed())).to.equal(null);
    expect(await reader.page({ deviceId: device(), before: null, limit: 10 }, untimed())).to.deep.equal([]);
  });

  it('pages newest first, from where the page before ended, over one device', async () => {
    const { transaction, reader } = open();
    const unlike = new UnlikeVersions();
    for (let count = 0; count < 5; count += 1) {
      await unlike.record(transaction, device(1));
      await unlike.record(transaction, device(2));
    }

    const first = await reader.page({ deviceId: device(1), before: null, limit: 2 }, untimed());
    const second = await reader.page({ deviceId: device(1), before: 4, limit: 2 }, untimed());
    const last = await reader.page({ deviceId: device(1), before: 2, limit: 2 }, untimed());

    expect([first, second, last].map((page) => page.map(({ sequence }) => sequence))).to.deep.equal([
      [5, 4],
      [3, 2],
      [1],
    ]);
    expect(first.every(({ deviceId }) => deviceId === device(1))).to.equal(true);
  });

  it('reads nothing for a caller that has stopped', async () => {
    const { reader } = open();
    const stopped = new Error('stopped by the caller');
    const signal = AbortSignal.abort(stopped);

    const refusals = await Promise.all([
      reader.find(sequentialId(1), signal).catch((reason: unknown) => reason),
      reader.page({ deviceId: device(), before: null, limit: 1 }, signal).catch((reason: unknown) => reason),
    ]);

    expect(refusals).to.deep.equal([stopped, stopped]);
  });
});
