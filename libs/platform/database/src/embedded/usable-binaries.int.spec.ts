import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FolderTest } from '../testing/folder-test.ts';
import { runners, type Runner } from '../testing/users.ts';
import { packagedBinaries } from './packaged-binaries.ts';

const fixture = join(import.meta.dirname, '..', 'testing', 'find-binaries.ts');

abstract class BinariesTest extends FolderTest {
  modules = '';
  freshInstall = '';
  copies = '';

  /** A package is there as npm leaves it when it runs no install script. */
  protected override async setUp(): Promise<void> {
    await super.setUp();
    const source = packagedBinaries();
    const { as } = this.runner();
    this.modules = join(this.folder, 'modules');
    this.freshInstall = join(this.modules, 'native');
    this.copies = join(this.folder, 'copies');
    cpSync(join(dirname(source), 'package.json'), join(this.modules, 'package.json'));
    cpSync(source, this.freshInstall, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    if (as) spawnSync('chown', ['-R', `${as.uid}:${as.gid}`, this.modules]);
    // A folder that nobody may change cannot be removed either.
    this.defer(() => chmodSync(join(this.freshInstall, 'lib'), 0o755));
  }

  find(): string {
    const { stdout, stderr } = spawnSync(process.execPath, [fixture, this.freshInstall, this.copies], {
      ...this.runner().as,
      cwd: import.meta.dirname,
      env: {},
    });
    return String(stdout) || String(stderr);
  }

  /** As in a home that is closed to the server's user, or in an installation that is not this user's to change. */
  close(): void {
    if (this.runner().name === 'root') chmodSync(this.modules, 0o700);
    else chmodSync(join(this.freshInstall, 'lib'), 0o555);
  }
}

for (const runner of runners) {
  class RunnersTest extends BinariesTest {
    protected override runner(): Runner {
      return runner;
    }
  }
  const t = RunnersTest.install();

  describe(`usableBinaries, asked for by ${runner.name}`, function () {
    this.timeout(30_000);

    it(
      'are the package itself, once the links between its libraries are made',
      t.test((test) => {
        expect(test.find()).to.equal(test.freshInstall);
      }),
    );

    it(
      'are a copy, made once, where the package cannot be used in its place',
      t.test((test) => {
        test.close();
        const first = test.find();
        const made = statSync(first, { throwIfNoEntry: false })?.birthtimeMs;

        const second = test.find();

        expect(first).to.match(new RegExp(`^${test.copies}/postgresql-.*/native$`));
        expect([second, statSync(second).birthtimeMs]).to.deep.equal([first, made]);
      }),
    );
  });
}
