import type { VersionId } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { ReadVersion } from './read-version.ts';

const within = () => ({ signal: new AbortController().signal });
const known = { ...aCollected(), id: 'version-1' as VersionId, sequence: 1 };

describe('ReadVersion', () => {
  let read: ReadVersion;

  beforeEach(() => {
    const reader = new InMemoryVersionReader();
    reader.commit([known]);
    read = new ReadVersion(reader);
  });

  it('answers the facts of a version', async () => {
    const version = expectOk(await read.execute({ versionId: known.id }, within()));

    expect(version).to.deep.equal(known);
  });

  it('says that there is none of an id', async () => {
    const refusal = expectErr(await read.execute({ versionId: 'version-x' as VersionId }, within()));

    expect(refusal).to.deep.equal({ kind: 'VersionNotFound', versionId: 'version-x' });
  });
});
