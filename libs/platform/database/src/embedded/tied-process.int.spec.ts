import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { noneLeftOf } from '../testing/processes-of.ts';
import { folderOf } from '../testing/users.ts';
import { spawnTied, type TiedOptions, type TiedProcess } from './tied-process.ts';

describe('spawnTied', function () {
  this.timeout(30_000);
  let mark: string;
  beforeEach(() => {
    mark = `tied-${randomUUID()}`;
  });
  afterEach('nothing is left', () => noneLeftOf(mark));

  /** A program that says on which signal it ends, once it is ready; the mark tells its processes from others. */
  function start(onInterrupt: string, options: Partial<TiedOptions> = {}): TiedProcess {
    const program = `process.on('SIGINT', () => { ${onInterrupt} }); console.error('ready'); setInterval(() => {}, 1_000)`;
    return spawnTied(process.execPath, ['-e', program, mark], { user: undefined, ...options });
  }

  it('interrupts the program when it is released, and tells how it ended', async () => {
    const run = start('process.exit(3)');
    await once(run.stderr, 'data');

    run.release();

    expect(await run.ended).to.equal(3);
  });

  it('makes a program end that does not obey', async () => {
    const run = start('', { insistAfterSeconds: 0.1 });
    await once(run.stderr, 'data');

    run.release();

    expect(await run.ended).to.be.oneOf([128 + 3, 128 + 9]);
  });

  it('removes the folder it was given, after the program has ended by itself', async () => {
    const folder = folderOf({ name: 'this user', as: undefined }).path;

    const run = spawnTied(process.execPath, ['-e', '', mark], { user: undefined, removeAfterwards: folder });

    expect(await run.ended).to.equal(0);
    expect(existsSync(folder)).to.equal(false);
  });

  it('cleans up also when nobody reads any more how the program was killed', async () => {
    const folder = folderOf({ name: 'this user', as: undefined }).path;
    const run = start('', { insistAfterSeconds: 0.1, removeAfterwards: folder });
    await once(run.stderr, 'data');

    run.stderr.destroy();
    run.release();
    await run.ended;

    expect(existsSync(folder)).to.equal(false);
  });

  it('gives the program none of this process’s environment', async () => {
    process.env['PGPORT'] = '1';
    const run = spawnTied(process.execPath, ['-e', 'console.error(Object.keys(process.env).join())', mark], {
      user: undefined,
    });

    const names = await text(run.stderr);

    delete process.env['PGPORT'];
    expect(names).to.include('LC_ALL').and.not.include('PGPORT');
  });

  it('tells that there is no such program', async () => {
    expect(await spawnTied('/no/such/program', [mark], { user: undefined }).ended).to.equal(127);
  });
});
