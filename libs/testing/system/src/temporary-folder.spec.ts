import { existsSync, statSync, writeFileSync } from 'node:fs';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { TemporaryFolder } from './temporary-folder.ts';

const t = AsyncTestBase.install();

describe('TemporaryFolder', () => {
  it('is there, and goes with all that is in it', async () => {
    const folder = await TemporaryFolder.make();
    writeFileSync(folder.at('file'), 'text');
    const before = existsSync(folder.at('file'));

    await folder[Symbol.asyncDispose]();

    expect([before, existsSync(folder.path)]).to.deep.equal([true, false]);
  });

  it(
    'is its owner’s alone, unless others are let in',
    t.test(async ({ use }) => {
      const own = await use(TemporaryFolder.make());
      const open = await use(TemporaryFolder.make({ mode: 0o711 }));

      expect([statSync(own.path).mode & 0o777, statSync(open.path).mode & 0o777]).to.deep.equal([0o700, 0o711]);
    }),
  );

  it('may have gone already', async () => {
    const folder = await TemporaryFolder.make();

    await folder[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();

    expect(existsSync(folder.path)).to.equal(false);
  });
});
