import type { VersionId } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryConfigStore } from '../testing/in-memory-config-store.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { NumberingHashing } from '../testing/numbering-hashing.ts';
import { ReadVersionContent } from './read-version-content.ts';

const versionId = 'version-1' as VersionId;
const bytes = new TextEncoder().encode('hostname core-1\n');
const contentHash = new NumberingHashing().of(bytes);

class ContentTest extends AsyncTestBase {
  readonly #reader = new InMemoryVersionReader();
  readonly store = new InMemoryConfigStore(new NumberingHashing());
  readonly read = new ReadVersionContent(this.#reader, this.store);

  protected override async setUp(): Promise<void> {
    await this.store.put(bytes, this.signal);
    this.#reader.commit([{ ...aCollected({ contentHash }), id: versionId, sequence: 1 }]);
  }
}

const t = ContentTest.install();

describe('ReadVersionContent', () => {
  it(
    'answers the version with its bytes',
    t.test(async ({ read, signal }) => {
      const content = expectOk(await read.execute({ versionId, view: 'original' }, { signal }));

      expect(content.version.id).to.equal(versionId);
      expect(content.bytes).to.deep.equal(bytes);
    }),
  );

  it(
    'says that the store has lost the content',
    t.test(async ({ read, store, signal }) => {
      store.damage(contentHash, null);

      const refusal = expectErr(await read.execute({ versionId, view: 'original' }, { signal }));

      expect(refusal).to.deep.equal({ kind: 'ContentLost', versionId, damage: 'missing' });
    }),
  );

  it(
    'says that the content is damaged, rather than answer other bytes',
    t.test(async ({ read, store, signal }) => {
      store.damage(contentHash, new TextEncoder().encode('hostname core-2\n'));

      const refusal = expectErr(await read.execute({ versionId, view: 'original' }, { signal }));

      expect(refusal).to.deep.equal({ kind: 'ContentLost', versionId, damage: 'damaged' });
    }),
  );

  it(
    'says that there is no version of an id',
    t.test(async ({ read, signal }) => {
      const refusal = expectErr(
        await read.execute({ versionId: 'version-x' as VersionId, view: 'original' }, { signal }),
      );

      expect(refusal).to.deep.equal({ kind: 'VersionNotFound', versionId: 'version-x' });
    }),
  );
});
