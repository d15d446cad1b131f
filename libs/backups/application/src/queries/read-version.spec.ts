import type { VersionId } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { ReadVersion } from './read-version.ts';

const known = { ...aCollected(), id: 'version-1' as VersionId, sequence: 1 };

class ReadTest extends AsyncTestBase {
  readonly #reader = new InMemoryVersionReader();
  readonly read = new ReadVersion(this.#reader);

  protected override setUp(): void {
    this.#reader.commit([known]);
  }
}

const t = ReadTest.install();

describe('ReadVersion', () => {
  it(
    'answers the facts of a version',
    t.test(async ({ read, signal }) => {
      const version = expectOk(await read.execute({ versionId: known.id }, { signal }));

      expect(version).to.deep.equal(known);
    }),
  );

  it(
    'says that there is none of an id',
    t.test(async ({ read, signal }) => {
      const refusal = expectErr(await read.execute({ versionId: 'version-x' as VersionId }, { signal }));

      expect(refusal).to.deep.equal({ kind: 'VersionNotFound', versionId: 'version-x' });
    }),
  );
});
