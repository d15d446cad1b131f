import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../testing/users.ts';
import { endOrphan } from './orphan.ts';

/** Only here can be seen who works in a folder; elsewhere the postmaster is all that is known. */
const seesAll = process.platform === 'linux';

describe('endOrphan', () => {
  const never = new AbortController().signal;
  let folder: ReturnType<typeof folderOf>;
  let program: string;
  const started: ChildProcess[] = [];
  beforeEach(() => {
    folder = folderOf({ name: 'this user', as: undefined });
    program = join(folder.path, 'postgres');
    copyFileSync('/bin/sleep', program);
  });
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    folder[Symbol.dispose]();
  });

  /** Not PostgreSQL, but looks like one of its processes, and ends on a signal as the system has it. */
  function work(executable = program): { readonly child: ChildProcess; readonly ended: Promise<unknown[]> } {
    const child = spawn(executable, ['1000'], { cwd: folder.path });
    started.push(child);
    return { child, ended: once(child, 'exit') };
  }
  const name = ({ child }: { readonly child: ChildProcess }): void =>
    writeFileSync(join(folder.path, 'postmaster.pid'), `${child.pid}\n${folder.path}\n`);

  it('leaves a folder alone in which no server ran', async () => {
    await endOrphan(folder.path, never);

    expect(existsSync(join(folder.path, 'postmaster.pid'))).to.equal(false);
  });

  it('stops waiting when the signal aborts', async () => {
    name(work());

    const outcome = await endOrphan(folder.path, AbortSignal.abort('stop')).catch((error: unknown) => error);

    expect(outcome).to.equal('stop');
  });

  if (seesAll) {
    it('asks the postmaster only, and uses force on what is left after a while', async () => {
      const postmaster = work();
      const backend = work();
      name(postmaster);

      await endOrphan(folder.path, never, 200);

      expect((await postmaster.ended)[1]).to.equal('SIGINT');
      expect((await backend.ended)[1]).to.equal('SIGKILL');
      expect(existsSync(join(folder.path, 'postmaster.pid'))).to.equal(false);
    });

    it('does nothing to another program that was started in the folder', async () => {
      const stranger = work('/bin/sleep');
      name(stranger);

      await endOrphan(folder.path, never);

      expect(stranger.child.kill('SIGTERM')).to.equal(true);
      expect((await stranger.ended)[1]).to.equal('SIGTERM');
    });
  }
});
