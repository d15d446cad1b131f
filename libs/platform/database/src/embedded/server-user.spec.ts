import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userForServer } from './server-user.ts';

describe('userForServer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'passwd-'));
  after(() => rmSync(folder, { recursive: true }));

  function accounts(...lines: string[]): string {
    const path = join(folder, 'passwd');
    writeFileSync(path, ['root:x:0:0::/root:/bin/sh', ...lines].join('\n'));
    return path;
  }

  it('is the user of the process unless that is root', () => {
    expect(userForServer(accounts(), 1000)).to.equal(undefined);
  });

  it('is postgres where there is one', () => {
    const passwd = accounts('nobody:x:65534:65534::/:/bin/false', 'postgres:x:101:104::/:/bin/sh');

    expect(userForServer(passwd, 0)).to.deep.equal({ uid: 101, gid: 104 });
  });

  it('is nobody where there is no postgres, also when its id is written as a negative number', () => {
    expect(userForServer(accounts('nobody:*:-2:-2::/:/bin/false'), 0)).to.deep.equal({
      uid: 4294967294,
      gid: 4294967294,
    });
  });

  it('is refused where there is neither', () => {
    expect(() => userForServer(accounts(), 0)).to.throw('does not run as root');
  });
});
