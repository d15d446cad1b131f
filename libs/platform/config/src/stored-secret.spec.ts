import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { storedSecret } from './stored-secret.ts';

const t = AsyncTestBase.install();

describe('storedSecret', () => {
  it(
    'yields to another process that was faster',
    t.test(async ({ use }) => {
      const folder = await use(TemporaryFolder.make());
      const file = folder.at('token');

      const secret = storedSecret(file, () => {
        writeFileSync(file, 'theirs\n');
        return 'ours';
      });

      expect(secret.reveal()).to.equal('theirs');
      expect(readFileSync(file, 'utf8')).to.equal('theirs\n');
    }),
  );

  it(
    'leaves nothing but the file behind',
    t.test(async ({ use }) => {
      const folder = await use(TemporaryFolder.make());

      storedSecret(folder.at('token'), () => 'ours');

      expect(readdirSync(folder.path)).to.deep.equal(['token']);
    }),
  );
});
