import { everyFault, type Fault } from '#testing/failure';
import { expect } from 'chai';
import { attempts, expectStoredOnce } from './testing/backup-faults.ts';
import { BackupOverFilesTest } from './testing/backup-over-files-test.ts';
import { expectSoundHistory } from './testing/expect-sound-history.ts';
import { EVERY_SURVIVAL } from './testing/volatile-disk.ts';

/** A file system gives no answer a second time, and knows no signal. */
const ofFiles: readonly Fault[] = ['fails-before', 'fails-after', 'aborts', 'crashes-before', 'crashes-after'];

const t = BackupOverFilesTest.install();

describe('Backups over a disk, whatever fails at any of its steps,', () => {
  it(
    'make one version with its bytes, and leave no unfinished file',
    everyFault(t, {
      ...attempts,
      faults: ofFiles,
      error: ({ what }) => Object.assign(new Error('EIO'), { code: 'EIO', syscall: what }),
      holds: async (test, trial) => {
        expectStoredOnce(trial);
        await expectSoundHistory(test, { versions: 1 });
        expect(test.unfinished).to.deep.equal([]);
      },
    }),
  );

  for (const survival of EVERY_SURVIVAL) {
    it(
      `keep what they have listed when the power fails, with names ${survival.names} and bytes ${survival.bytes}`,
      everyFault(t, {
        ...attempts,
        faults: ['crashes-before', 'crashes-after'],
        given: async ({ run, versions, rename, history, powerFails }) => {
          await run();
          history.push(...(await versions()));
          rename('core-9');
          powerFails(survival);
        },
        holds: async (test) => {
          await expectSoundHistory(test, { versions: 2 });
          expect((await test.versions()).slice(1)).to.deep.equal(test.history);
        },
      }),
    );
  }
});
