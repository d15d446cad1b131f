import type { VersionId } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { ConfigDamaged, ConfigMissing } from '../ports/config-store.ts';
import { InMemoryConfigStore } from '../testing/in-memory-config-store.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { NumberingHashing } from '../testing/numbering-hashing.ts';
import { ReadVersionContent } from './read-version-content.ts';

const within = () => ({ signal: new AbortController().signal });
const versionId = 'version-1' as VersionId;
const bytes = new TextEncoder().encode('hostname core-1\n');

describe('ReadVersionContent', () => {
  let store: InMemoryConfigStore;
  let read: ReadVersionContent;

  beforeEach(async () => {
    const reader = new InMemoryVersionReader();
    store = new InMemoryConfigStore(new NumberingHashing());
    const contentHash = expectOk(await store.put(bytes, within().signal));
    reader.commit([{ ...aCollected({ contentHash }), id: versionId, sequence: 1 }]);
    read = new ReadVersionContent(reader, store);
  });

  const contentHash = () => new NumberingHashing().of(bytes);

  it('answers the version with its bytes', async () => {
    const content = expectOk(await read.execute({ versionId }, within()));

    expect(content.version.id).to.equal(versionId);
    expect(content.bytes).to.deep.equal(bytes);
  });

  it('throws rather than answer content that the store has lost', async () => {
    store.damage(contentHash(), null);

    const failure = await read.execute({ versionId }, within()).catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(ConfigMissing);
  });

  it('throws rather than answer other bytes', async () => {
    store.damage(contentHash(), new TextEncoder().encode('hostname core-2\n'));

    const failure = await read.execute({ versionId }, within()).catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(ConfigDamaged);
  });

  it('says that there is no version of an id', async () => {
    const refusal = expectErr(await read.execute({ versionId: 'version-x' as VersionId }, within()));

    expect(refusal).to.deep.equal({ kind: 'VersionNotFound', versionId: 'version-x' });
  });
});
