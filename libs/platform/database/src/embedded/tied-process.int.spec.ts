import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { noneLeftOf } from '../testing/processes-of.ts';
import { folderOf } from '../testing/users.ts';
import { spawnTied, type TiedOptions, type TiedProcess } from './tied-process.ts';

class TiedTest extends AsyncTestBase {
  static #tests = 0;
  /** Tells the processes of this test from others. */
  readonly mark = `tied-${process.pid}-${(TiedTest.#tests += 1)}`;

  protected override setUp(): void {
    this.defer(() => noneLeftOf(this.mark, AbortSignal.timeout(4_500)));
  }

  /** A program that says on which signal it ends, once it is ready. */
  start(onInterrupt: string, options: Partial<TiedOptions> = {}): TiedProcess {
    const program = `process.on('SIGINT', () => { ${onInterrupt} }); console.error('ready'); setInterval(() => {}, 1_000)`;
    return spawnTied(process.execPath, ['-e', program, this.mark], { user: undefined, ...options });
  }

  folder(): string {
    return folderOf({ name: 'this user', as: undefined }).path;
  }
}

const t = TiedTest.install();

describe('spawnTied', function () {
  this.timeout(30_000);

  it(
    'interrupts the program when it is released, and tells how it ended',
    t.test(async (test) => {
      const run = test.start('process.exit(3)');
      await once(run.stderr, 'data');

      run.release();

      expect(await run.ended).to.equal(3);
    }),
  );

  it(
    'makes a program end that does not obey',
    t.test(async (test) => {
      const run = test.start('', { insistAfterSeconds: 0.1 });
      await once(run.stderr, 'data');

      run.release();

      expect(await run.ended).to.be.oneOf([128 + 3, 128 + 9]);
    }),
  );

  it(
    'removes the folder it was given, after the program has ended by itself',
    t.test(async (test) => {
      const folder = test.folder();

      const run = spawnTied(process.execPath, ['-e', '', test.mark], { user: undefined, removeAfterwards: folder });

      expect(await run.ended).to.equal(0);
      expect(existsSync(folder)).to.equal(false);
    }),
  );

  it(
    'cleans up also when nobody reads any more how the program was killed',
    t.test(async (test) => {
      const folder = test.folder();
      const run = test.start('', { insistAfterSeconds: 0.1, removeAfterwards: folder });
      await once(run.stderr, 'data');

      run.stderr.destroy();
      run.release();
      await run.ended;

      expect(existsSync(folder)).to.equal(false);
    }),
  );

  it(
    'gives the program none of this process’s environment',
    t.test(async (test) => {
      process.env['PGPORT'] = '1';
      test.defer(() => delete process.env['PGPORT']);
      const run = spawnTied(process.execPath, ['-e', 'console.error(Object.keys(process.env).join())', test.mark], {
        user: undefined,
      });

      const names = await text(run.stderr);

      expect(names).to.include('LC_ALL').and.not.include('PGPORT');
    }),
  );

  it(
    'tells that there is no such program',
    t.test(async (test) => {
      expect(await spawnTied('/no/such/program', [test.mark], { user: undefined }).ended).to.equal(127);
    }),
  );
});
