import { expect } from 'chai';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderTest } from '../testing/folder-test.ts';
import { endOrphan } from './orphan.ts';

/** Only here can be seen who works in a folder; elsewhere the postmaster is all that is known. */
const seesAll = process.platform === 'linux';

class OrphanTest extends FolderTest {
  protected override async setUp(): Promise<void> {
    await super.setUp();
    copyFileSync('/bin/sleep', this.program);
  }

  get program(): string {
    return join(this.folder, 'postgres');
  }

  /** Not PostgreSQL, but looks like one of its processes, and ends on a signal as the system has it. */
  work(executable = this.program): Work {
    const child = spawn(executable, ['1000'], { cwd: this.folder });
    this.defer(() => child.kill('SIGKILL'));
    return { child, ended: once(child, 'exit') };
  }

  /** Writes down this process as the folder's postmaster. */
  name({ child }: Work): void {
    writeFileSync(join(this.folder, 'postmaster.pid'), `${child.pid}\n${this.folder}\n`);
  }
}

type Work = { readonly child: ChildProcess; readonly ended: Promise<unknown[]> };

const t = OrphanTest.install();
const never = new AbortController().signal;

describe('endOrphan', () => {
  it(
    'leaves a folder alone in which no server ran',
    t.test(async (test) => {
      await endOrphan(test.folder, never);

      expect(existsSync(join(test.folder, 'postmaster.pid'))).to.equal(false);
    }),
  );

  it(
    'stops waiting when the signal aborts',
    t.test(async (test) => {
      test.name(test.work());

      const outcome = await endOrphan(test.folder, AbortSignal.abort('stop')).catch((error: unknown) => error);

      expect(outcome).to.equal('stop');
    }),
  );

  if (seesAll) {
    it(
      'asks the postmaster only, and uses force on what is left after a while',
      t.test(async (test) => {
        const postmaster = test.work();
        const backend = test.work();
        test.name(postmaster);

        await endOrphan(test.folder, never, 200);

        expect((await postmaster.ended)[1]).to.equal('SIGINT');
        expect((await backend.ended)[1]).to.equal('SIGKILL');
        expect(existsSync(join(test.folder, 'postmaster.pid'))).to.equal(false);
      }),
    );

    it(
      'does nothing to another program that was started in the folder',
      t.test(async (test) => {
        const stranger = test.work('/bin/sleep');
        test.name(stranger);

        await endOrphan(test.folder, never);

        expect(stranger.child.kill('SIGTERM')).to.equal(true);
        expect((await stranger.ended)[1]).to.equal('SIGTERM');
      }),
    );
  }
});
