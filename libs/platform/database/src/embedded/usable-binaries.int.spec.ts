import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderOf, runners } from '../testing/users.ts';
import { packagedBinaries } from './packaged-binaries.ts';

const fixture = join(import.meta.dirname, '..', 'testing', 'find-binaries.ts');

for (const runner of runners) {
  describe(`usableBinaries, asked for by ${runner.name}`, function () {
    this.timeout(30_000);
    const folder = folderOf(runner);
    const modules = join(folder.path, 'modules');
    const freshInstall = join(modules, 'native');
    const copies = join(folder.path, 'copies');

    beforeEach('a package is there as npm leaves it when it runs no install script', () => {
      const source = packagedBinaries();
      cpSync(join(dirname(source), 'package.json'), join(modules, 'package.json'));
      cpSync(source, freshInstall, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
      if (runner.as) spawnSync('chown', ['-R', `${runner.as.uid}:${runner.as.gid}`, modules]);
    });

    afterEach(() => {
      chmodSync(join(freshInstall, 'lib'), 0o755);
      for (const path of [modules, copies]) rmSync(path, { recursive: true, force: true });
    });

    after(() => folder[Symbol.dispose]());

    const find = (): string => {
      const { stdout, stderr } = spawnSync(process.execPath, [fixture, freshInstall, copies], {
        ...runner.as,
        cwd: import.meta.dirname,
        env: {},
      });
      return String(stdout) || String(stderr);
    };
    /** As in a home that is closed to the server's user, or in an installation that is not this user's to change. */
    const close = (): void => {
      if (runner.name === 'root') chmodSync(modules, 0o700);
      else chmodSync(join(freshInstall, 'lib'), 0o555);
    };

    it('are the package itself, once the links between its libraries are made', () => {
      expect(find()).to.equal(freshInstall);
    });

    it('are a copy, made once, where the package cannot be used in its place', () => {
      close();
      const first = find();
      const made = statSync(first, { throwIfNoEntry: false })?.birthtimeMs;

      const second = find();

      expect(first).to.match(new RegExp(`^${copies}/postgresql-.*/native$`));
      expect([second, statSync(second).birthtimeMs]).to.deep.equal([first, made]);
    });
  });
}
