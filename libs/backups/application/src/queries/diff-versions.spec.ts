import type { VersionId, VersionSnapshot } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { err } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryConfigStore } from '../testing/in-memory-config-store.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { NumberingHashing } from '../testing/numbering-hashing.ts';
import { TrimmingLineDiff } from '../testing/trimming-line-diff.ts';
import { DiffVersions } from './diff-versions.ts';

const idOf = (name: string) => `version-${name}` as VersionId;

class DiffTest extends AsyncTestBase {
  readonly reader = new InMemoryVersionReader();
  readonly store = new InMemoryConfigStore(new NumberingHashing());
  readonly diff = new DiffVersions(this.reader, this.store, new TrimmingLineDiff());

  protected override async setUp(): Promise<void> {
    await this.#keep({ id: idOf('1'), sequence: 1 }, 'a\n');
    await this.#keep({ id: idOf('2'), sequence: 2 }, 'b\n');
    // A number may be missing where a version has been removed.
    await this.#keep({ id: idOf('4'), sequence: 4 }, 'c\n');
    await this.#keep({ id: idOf('else'), sequence: 3, deviceId: 'another' as VersionSnapshot['deviceId'] }, 'd\n');
  }

  async #keep(facts: Pick<VersionSnapshot, 'id' | 'sequence'> & Partial<VersionSnapshot>, text: string): Promise<void> {
    const contentHash = expectOk(await this.store.put(new TextEncoder().encode(text), this.signal));
    this.reader.commit([{ ...aCollected({ contentHash }), ...facts }]);
  }
}

const t = DiffTest.install();

describe('DiffVersions', () => {
  it(
    'compares a version with the one before it',
    t.test(async ({ diff, signal }) => {
      const shown = expectOk(await diff.execute({ versionId: idOf('4'), against: null, view: 'original' }, { signal }));

      expect(shown).to.equal('--- version-2\n+++ version-4\n@@ -1,1 +1,1 @@\n-b\n+c\n');
    }),
  );

  it(
    'compares a version with any other of the same device',
    t.test(async ({ diff, signal }) => {
      const shown = expectOk(
        await diff.execute({ versionId: idOf('4'), against: idOf('1'), view: 'original' }, { signal }),
      );

      expect(shown).to.equal('--- version-1\n+++ version-4\n@@ -1,1 +1,1 @@\n-a\n+c\n');
    }),
  );

  it(
    'shows the first version as added from nothing',
    t.test(async ({ diff, signal }) => {
      const shown = expectOk(await diff.execute({ versionId: idOf('1'), against: null, view: 'original' }, { signal }));

      expect(shown).to.equal('--- /dev/null\n+++ version-1\n@@ -0,0 +1,1 @@\n+a\n');
    }),
  );

  it(
    'does not compare versions of different devices',
    t.test(async ({ diff, signal }) => {
      const refusal = expectErr(
        await diff.execute({ versionId: idOf('4'), against: idOf('else'), view: 'original' }, { signal }),
      );

      expect(refusal).to.deep.equal({
        kind: 'VersionsOfDifferentDevices',
        versionId: idOf('4'),
        against: idOf('else'),
      });
    }),
  );

  it(
    'says which of the two versions is not there',
    t.test(async ({ diff, signal }) => {
      const left = expectErr(await diff.execute({ versionId: idOf('x'), against: null, view: 'original' }, { signal }));
      const right = expectErr(
        await diff.execute({ versionId: idOf('4'), against: idOf('y'), view: 'original' }, { signal }),
      );

      expect(left).to.deep.equal({ kind: 'VersionNotFound', versionId: idOf('x') });
      expect(right).to.deep.equal({ kind: 'VersionNotFound', versionId: idOf('y') });
    }),
  );

  it(
    'passes on that two versions differ too much to be compared',
    t.test(async ({ reader, store, signal }) => {
      const giveUp = new DiffVersions(reader, store, { unified: async () => err({ kind: 'DiffTooLarge' }) });

      const refusal = expectErr(
        await giveUp.execute({ versionId: idOf('4'), against: null, view: 'original' }, { signal }),
      );

      expect(refusal).to.deep.equal({ kind: 'DiffTooLarge' });
    }),
  );
});
