import { expect } from 'chai';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canUse, defaultDataDirectories, reachableByAll } from './data-directory.ts';

describe('the data folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-data-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is in the repository, or else in a state folder that no other clone has', () => {
    const [first, second] = defaultDataDirectories('/srv/lockstep');
    const [, elsewhere] = defaultDataDirectories('/home/someone/lockstep');

    expect(first).to.equal('/srv/lockstep/.lockstep');
    expect(second)
      .to.match(/lockstep-[0-9a-f]{8}$/)
      .and.not.equal(elsewhere);
  });

  it('can be used when it can be made', () => {
    expect(canUse(join(folder, 'a', 'b'))).to.equal(true);
  });

  it('cannot be used when a file is in its way', () => {
    writeFileSync(join(folder, 'a'), '');

    expect(canUse(join(folder, 'a', 'b'))).to.equal(false);
  });

  it('is out of reach for others, which matters to root only, when one of its parents is private', () => {
    const inside = join(folder, 'private', 'data');
    mkdirSync(inside, { recursive: true });
    const before = reachableByAll(inside);

    chmodSync(join(folder, 'private'), 0o700);

    expect(before).to.equal(true);
    expect(reachableByAll(inside)).to.equal(process.getuid?.() !== 0);
  });
});
