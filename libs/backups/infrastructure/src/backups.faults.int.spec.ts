import { expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { backupFaults } from './testing/backup-faults.ts';
import { expectSoundHistory } from './testing/expect-sound-history.ts';
import { PostgresBackupTest } from './testing/postgres-backup-test.ts';

const t = PostgresBackupTest.install();

describe('Backups in PostgreSQL and files, whatever fails,', () => {
  backupFaults(t);

  for (const [effect, outcome] of [
    ['failsBeforeEffect', 'stored'],
    ['failsAfterEffect', 'unchanged'],
  ] as const) {
    it(
      `make one version when the connection breaks at COMMIT, which ${effect}`,
      t.test(async (test) => {
        test.database.onNextCommit()[effect]();

        const failure = await test.run().catch((error: unknown) => error);
        const next = expectOk(await test.run());

        expect(failure).to.be.an('error');
        expect(next.outcome).to.equal(outcome);
        await expectSoundHistory(test, { versions: 1 });
      }),
    );
  }
});
