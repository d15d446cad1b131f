import { deviceModels, type VersionId } from '#backups/domain';
import { aCollected, plantedSecrets } from '#backups/domain/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryConfigStore } from '../testing/in-memory-config-store.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { NumberingHashing } from '../testing/numbering-hashing.ts';
import { TrimmingLineDiff } from '../testing/trimming-line-diff.ts';
import { DiffVersions } from './diff-versions.ts';
import { ReadVersionContent } from './read-version-content.ts';

const [versionId, next] = ['version-1' as VersionId, 'version-2' as VersionId];

/** Two versions of a device, of which the second has all the kinds of secrets that its model knows. */
class SecretsTest extends AsyncTestBase {
  readonly reader = new InMemoryVersionReader();
  readonly store = new InMemoryConfigStore(new NumberingHashing());
  readonly content = new ReadVersionContent(this.reader, this.store);
  readonly diff = new DiffVersions(this.reader, this.store, new TrimmingLineDiff());

  async keep(id: VersionId, sequence: number, model: string, text: string): Promise<void> {
    const contentHash = expectOk(await this.store.put(new TextEncoder().encode(text), this.signal));
    this.reader.commit([{ ...aCollected({ contentHash, model }), id, sequence }]);
  }

  async keepSecrets(model: string): Promise<string> {
    const text = `before\n${(plantedSecrets[model] ?? []).join('\n')}\nafter\n`;
    await this.keep(versionId, 1, model, 'before\nafter\n');
    await this.keep(next, 2, model, text);
    return text;
  }
}

const t = SecretsTest.install();

describe('The secrets in a configuration', () => {
  it('are of many kinds here', () => {
    expect(Object.values(plantedSecrets).flat().length).to.be.at.least(25);
    expect(Object.keys(plantedSecrets)).to.have.members(deviceModels.map(({ name }) => name));
  });

  for (const { name } of deviceModels) {
    it(
      `of ${name} are neither in its redacted view nor in a redacted diff, and in the original as they are`,
      t.test(async ({ keepSecrets, content, diff, signal }) => {
        const text = await keepSecrets(name);
        const shown = async (view: 'redacted' | 'original') =>
          new TextDecoder().decode(expectOk(await content.execute({ versionId: next, view }, { signal })).bytes);
        const compared = async (view: 'redacted' | 'original') =>
          expectOk(await diff.execute({ versionId: next, against: null, view }, { signal }));

        const [redacted, difference] = [await shown('redacted'), await compared('redacted')];

        for (const seen of [redacted, difference]) {
          expect(seen).not.to.match(/S3|CRET/);
          expect(seen).to.include('<redacted>');
        }
        expect(redacted).to.match(/^before\n[^]*\nafter\n$/);
        expect(await shown('original')).to.equal(text);
        expect(await compared('original')).to.match(/S3|CRET/);
      }),
    );
  }

  it(
    'cannot be told from the rest where the model is no longer known, so that nothing is shown',
    t.test(async ({ keep, content, diff, signal }) => {
      await keep(versionId, 1, 'abacus', 'password S3CRET\n');

      const refusals = [
        expectErr(await content.execute({ versionId, view: 'redacted' }, { signal })),
        expectErr(await diff.execute({ versionId, against: null, view: 'redacted' }, { signal })),
      ];

      const refusal = { kind: 'ViewNotAvailable', model: 'abacus', view: 'redacted' };
      expect(refusals).to.deep.equal([refusal, refusal]);
    }),
  );

  it(
    'are in the text that brings the configuration back',
    t.test(async ({ keepSecrets, content, signal }) => {
      await keepSecrets('ios');

      const { bytes } = expectOk(await content.execute({ versionId: next, view: 'restore' }, { signal }));

      expect(new TextDecoder().decode(bytes)).to.match(/^configure terminal\nbefore\n[^]*S3CRET[^]*\nend\n$/);
    }),
  );
});
