import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { canUse, defaultDataDirectories, reachableByAll } from './data-directory.ts';

class FolderTest extends AsyncTestBase {
  folder!: TemporaryFolder;

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make({ mode: 0o755 }));
  }
}

const t = FolderTest.install();

describe('the data folder', () => {
  it('is in the repository, or else in a state folder that no other clone has', () => {
    const [first, second] = defaultDataDirectories('/srv/lockstep');
    const [, elsewhere] = defaultDataDirectories('/home/someone/lockstep');

    expect(first).to.equal('/srv/lockstep/.lockstep');
    expect(second)
      .to.match(/lockstep-[0-9a-f]{8}$/)
      .and.not.equal(elsewhere);
  });

  it(
    'can be used when it can be made',
    t.test(async ({ folder }) => {
      expect(canUse(folder.at('a', 'b'))).to.equal(true);
    }),
  );

  it(
    'cannot be used when a file is in its way',
    t.test(async ({ folder }) => {
      writeFileSync(folder.at('a'), '');

      expect(canUse(folder.at('a', 'b'))).to.equal(false);
    }),
  );

  it(
    'is out of reach for others, which matters to root only, when one of its parents is private',
    t.test(async ({ folder }) => {
      const inside = folder.at('private', 'data');
      mkdirSync(inside, { recursive: true });
      const before = reachableByAll(inside);

      chmodSync(folder.at('private'), 0o700);

      expect(before).to.equal(true);
      expect(reachableByAll(inside)).to.equal(process.getuid?.() !== 0);
    }),
  );
});
