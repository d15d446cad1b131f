import { aCollected } from '#backups/domain/testing';
import type { VersionSnapshot } from '#backups/domain';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { ListVersions, type VersionPage } from './list-versions.ts';

const within = () => ({ signal: new AbortController().signal });
const { deviceId } = aCollected();
const FRESH = 'fresh' as typeof deviceId;

describe('ListVersions', () => {
  let list: ListVersions;

  beforeEach(() => {
    const reader = new InMemoryVersionReader();
    const versions = [1, 2, 3, 4].map((sequence) => ({
      ...aCollected(),
      id: `version-${sequence}` as VersionSnapshot['id'],
      sequence,
    }));
    reader.commit(versions);
    list = new ListVersions(reader, new InMemoryDeviceDirectory(aDeviceAccess({ id: FRESH })));
  });

  it('walks the whole history, newest first, and says where it ends', async () => {
    const sequences: number[][] = [];

    for (let before: number | null = null, more = true; more; more = before !== null) {
      const page: VersionPage = expectOk(await list.execute({ deviceId, before, limit: 2 }, within()));
      sequences.push(page.versions.map(({ sequence }) => sequence));
      before = page.next;
    }

    expect(sequences).to.deep.equal([
      [4, 3],
      [2, 1],
    ]);
  });

  it('ends on the page that holds exactly the rest', async () => {
    const page = expectOk(await list.execute({ deviceId, before: null, limit: 4 }, within()));

    expect(page.next).to.equal(null);
  });

  it('has an empty page for a device without versions', async () => {
    const page = expectOk(await list.execute({ deviceId: FRESH, before: null, limit: 4 }, within()));

    expect(page).to.deep.equal({ versions: [], next: null });
  });

  it('has an empty page below the oldest version of a device that is gone', async () => {
    const page = expectOk(await list.execute({ deviceId, before: 1, limit: 4 }, within()));

    expect(page).to.deep.equal({ versions: [], next: null });
  });

  it('refuses a device that is neither registered nor remembered', async () => {
    const another = 'another' as typeof deviceId;

    const refusals = await Promise.all(
      [null, 3].map((before) => list.execute({ deviceId: another, before, limit: 4 }, within())),
    );

    const refusal = { kind: 'NoVersions', deviceId: another };
    expect(refusals.map(expectErr)).to.deep.equal([refusal, refusal]);
  });

  for (const limit of [0, 201, Number.NaN]) {
    it(`does not take a limit of ${limit}`, async () => {
      const failure = await list.execute({ deviceId, before: null, limit }, within()).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(RangeError);
    });
  }
});
