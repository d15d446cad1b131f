import type { ContentHash, VersionId, VersionSnapshot } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { err } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { ConfigMissing } from '../ports/config-store.ts';
import { InMemoryConfigStore } from '../testing/in-memory-config-store.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { NumberingHashing } from '../testing/numbering-hashing.ts';
import { TrimmingLineDiff } from '../testing/trimming-line-diff.ts';
import { DiffVersions } from './diff-versions.ts';
import { ReadVersionContent } from './read-version-content.ts';
import { ReadVersion } from './read-version.ts';

const within = () => ({ signal: new AbortController().signal });
const idOf = (name: string) => `version-${name}` as VersionId;

describe('The versions of a device', () => {
  let reader: InMemoryVersionReader;
  let store: InMemoryConfigStore;
  let diff: DiffVersions;

  beforeEach(async () => {
    reader = new InMemoryVersionReader();
    store = new InMemoryConfigStore(new NumberingHashing());
    diff = new DiffVersions(reader, store, new TrimmingLineDiff());
    await keep({ id: idOf('1'), sequence: 1 }, 'a\n');
    await keep({ id: idOf('2'), sequence: 2 }, 'b\n');
    // A number may be missing where a version has been removed.
    await keep({ id: idOf('4'), sequence: 4 }, 'c\n');
    await keep({ id: idOf('else'), sequence: 3, deviceId: 'another' as VersionSnapshot['deviceId'] }, 'd\n');
  });

  async function keep(facts: Pick<VersionSnapshot, 'id' | 'sequence'> & Partial<VersionSnapshot>, text: string) {
    const contentHash = expectOk(await store.put(new TextEncoder().encode(text), within().signal));
    reader.commit([{ ...aCollected({ contentHash }), ...facts }]);
  }

  describe('DiffVersions', () => {
    it('compares a version with the one before it', async () => {
      const shown = expectOk(await diff.execute({ versionId: idOf('4'), against: null }, within()));

      expect(shown).to.equal('--- version-2\n+++ version-4\n@@ -1,1 +1,1 @@\n-b\n+c\n');
    });

    it('compares a version with any other of the same device', async () => {
      const shown = expectOk(await diff.execute({ versionId: idOf('4'), against: idOf('1') }, within()));

      expect(shown).to.equal('--- version-1\n+++ version-4\n@@ -1,1 +1,1 @@\n-a\n+c\n');
    });

    it('shows the first version as added from nothing', async () => {
      const shown = expectOk(await diff.execute({ versionId: idOf('1'), against: null }, within()));

      expect(shown).to.equal('--- /dev/null\n+++ version-1\n@@ -0,0 +1,1 @@\n+a\n');
    });

    it('does not compare versions of different devices', async () => {
      const refusal = expectErr(await diff.execute({ versionId: idOf('4'), against: idOf('else') }, within()));

      expect(refusal).to.deep.equal({
        kind: 'VersionsOfDifferentDevices',
        versionId: idOf('4'),
        against: idOf('else'),
      });
    });

    it('says which of the two versions is not there', async () => {
      const left = expectErr(await diff.execute({ versionId: idOf('x'), against: null }, within()));
      const right = expectErr(await diff.execute({ versionId: idOf('4'), against: idOf('y') }, within()));

      expect(left).to.deep.equal({ kind: 'VersionNotFound', versionId: idOf('x') });
      expect(right).to.deep.equal({ kind: 'VersionNotFound', versionId: idOf('y') });
    });

    it('passes on that two versions differ too much to be compared', async () => {
      const giveUp = new DiffVersions(reader, store, { unified: async () => err({ kind: 'DiffTooLarge' }) });

      const refusal = expectErr(await giveUp.execute({ versionId: idOf('4'), against: null }, within()));

      expect(refusal).to.deep.equal({ kind: 'DiffTooLarge' });
    });
  });

  describe('ReadVersionContent', () => {
    it('answers the version with its bytes', async () => {
      const content = expectOk(await new ReadVersionContent(reader, store).execute({ versionId: idOf('2') }, within()));

      expect(content.version.sequence).to.equal(2);
      expect(new TextDecoder().decode(content.bytes)).to.equal('b\n');
    });

    it('throws rather than answer content that the store has lost', async () => {
      const lost = 'f'.repeat(64) as ContentHash;
      reader.commit([{ ...aCollected({ contentHash: lost }), id: idOf('lost'), sequence: 5 }]);

      const failure = await new ReadVersionContent(reader, store)
        .execute({ versionId: idOf('lost') }, within())
        .catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(ConfigMissing);
    });

    it('knows no version of another id', async () => {
      const refusal = expectErr(
        await new ReadVersionContent(reader, store).execute({ versionId: idOf('x') }, within()),
      );

      expect(refusal).to.deep.equal({ kind: 'VersionNotFound', versionId: idOf('x') });
    });
  });

  describe('ReadVersion', () => {
    it('answers the facts of a version, or that there is none of the id', async () => {
      const read = new ReadVersion(reader);

      const found = expectOk(await read.execute({ versionId: idOf('1') }, within()));
      const missing = expectErr(await read.execute({ versionId: idOf('x') }, within()));

      expect(found).to.include({ id: idOf('1'), sequence: 1 });
      expect(missing).to.deep.equal({ kind: 'VersionNotFound', versionId: idOf('x') });
    });
  });
});
