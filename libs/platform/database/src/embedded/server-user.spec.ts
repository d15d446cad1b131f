import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { writeFileSync } from 'node:fs';
import { userForServer } from './server-user.ts';

class AccountsTest extends AsyncTestBase {
  /** A machine's list of users, with root and these. */
  async accounts(...lines: string[]): Promise<string> {
    const path = (await this.use(TemporaryFolder.make())).at('passwd');
    writeFileSync(path, ['root:x:0:0::/root:/bin/sh', ...lines].join('\n'));
    return path;
  }
}

const t = AccountsTest.install();

describe('userForServer', () => {
  it(
    'is the user of the process unless that is root',
    t.test(async (test) => {
      const passwd = await test.accounts();

      expect(userForServer(passwd, 1000)).to.equal(undefined);
    }),
  );

  it(
    'is postgres where there is one',
    t.test(async (test) => {
      const passwd = await test.accounts('nobody:x:65534:65534::/:/bin/false', 'postgres:x:101:104::/:/bin/sh');

      expect(userForServer(passwd, 0)).to.deep.equal({ uid: 101, gid: 104 });
    }),
  );

  it(
    'is nobody where there is no postgres, also when its id is written as a negative number',
    t.test(async (test) => {
      const passwd = await test.accounts('nobody:*:-2:-2::/:/bin/false');

      expect(userForServer(passwd, 0)).to.deep.equal({
        uid: 4294967294,
        gid: 4294967294,
      });
    }),
  );

  it(
    'is refused where there is neither',
    t.test(async (test) => {
      const passwd = await test.accounts();

      expect(() => userForServer(passwd, 0)).to.throw('does not run as root');
    }),
  );
});
