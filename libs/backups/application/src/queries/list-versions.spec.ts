import { aCollected } from '#backups/domain/testing';
import type { VersionSnapshot } from '#backups/domain';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase, cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { ListVersions, type VersionPage } from './list-versions.ts';

const { deviceId } = aCollected();
const FRESH = 'fresh' as typeof deviceId;

class ListTest extends AsyncTestBase {
  readonly #reader = new InMemoryVersionReader();
  readonly list = new ListVersions(this.#reader, new InMemoryDeviceDirectory(aDeviceAccess({ id: FRESH })));

  protected override setUp(): void {
    const versions = [1, 2, 3, 4].map((sequence) => ({
      ...aCollected(),
      id: `version-${sequence}` as VersionSnapshot['id'],
      sequence,
    }));
    this.#reader.commit(versions);
  }
}

const t = ListTest.install();

describe('ListVersions', () => {
  it(
    'walks the whole history, newest first, and says where it ends',
    t.test(async ({ list, signal }) => {
      const sequences: number[][] = [];

      for (let before: number | null = null, more = true; more; more = before !== null) {
        const page: VersionPage = expectOk(await list.execute({ deviceId, before, limit: 2 }, { signal }));
        sequences.push(page.versions.map(({ sequence }) => sequence));
        before = page.next;
      }

      expect(sequences).to.deep.equal([
        [4, 3],
        [2, 1],
      ]);
    }),
  );

  it(
    'ends on the page that holds exactly the rest',
    t.test(async ({ list, signal }) => {
      const page = expectOk(await list.execute({ deviceId, before: null, limit: 4 }, { signal }));

      expect(page.next).to.equal(null);
    }),
  );

  it(
    'has an empty page for a device without versions',
    t.test(async ({ list, signal }) => {
      const page = expectOk(await list.execute({ deviceId: FRESH, before: null, limit: 4 }, { signal }));

      expect(page).to.deep.equal({ versions: [], next: null });
    }),
  );

  it(
    'has an empty page below the oldest version of a device that is gone',
    t.test(async ({ list, signal }) => {
      const page = expectOk(await list.execute({ deviceId, before: 1, limit: 4 }, { signal }));

      expect(page).to.deep.equal({ versions: [], next: null });
    }),
  );

  it(
    'refuses a device that is neither registered nor remembered',
    t.test(async ({ list, signal }) => {
      const another = 'another' as typeof deviceId;

      const refusals = await Promise.all(
        [null, 3].map((before) => list.execute({ deviceId: another, before, limit: 4 }, { signal })),
      );

      const refusal = { kind: 'NoVersions', deviceId: another };
      expect(refusals.map(expectErr)).to.deep.equal([refusal, refusal]);
    }),
  );

  for (const [title, limit] of cases('does not take a limit of {case}', [0, 201, Number.NaN])) {
    it(
      title,
      t.test(async ({ list, signal }) => {
        const failure = await list
          .execute({ deviceId, before: null, limit }, { signal })
          .catch((error: unknown) => error);

        expect(failure).to.be.instanceOf(RangeError);
      }),
    );
  }
});
