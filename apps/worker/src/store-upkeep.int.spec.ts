import { RequestUpkeep } from '#backups/application';
import { expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { readdir, rm } from 'node:fs/promises';
import { BackupServiceTest } from './testing/backup-service-test.ts';

const t = BackupServiceTest.install();

describe('A worker that looks after the store', function () {
  // Processes start and end in it, also on a machine that is busy.
  this.timeout(60_000);

  it(
    'finds the content that somebody has deleted',
    t.test(async ({ startWorker, addDevice, requestBackup, jobOnceDone, get, folder, signal }) => {
      await startWorker();
      const { id } = await addDevice({});
      await jobOnceDone(await requestBackup(id));
      const request = await get(RequestUpkeep);
      const verify = async () => {
        const payload = { mode: 'bytes', part: null, of: 1 } as const;
        const job = await jobOnceDone(expectOk(await request.execute({ kind: 'verify', payload }, { signal })));
        return job.state === 'succeeded' ? job.result : job.state;
      };

      const before = await verify();
      await rm(folder.at('store', 'objects'), { recursive: true });
      const after = await verify();

      expect(before).to.include({ contents: 1, damaged: 0, unreferenced: 0 });
      expect(after).to.include({ contents: 1, damaged: 1 });
    }),
  );

  it(
    'does not start with another master key than the one that the store is sealed under',
    t.test(async ({ startWorker, launch, folder }) => {
      const first = await startWorker();
      first.signal('SIGTERM');
      await first.ended;

      const other = await launch('main.ts', { LOCKSTEP_MASTER_KEY: Buffer.alloc(32, 9).toString('base64') });
      const ending = await other.ended;

      expect(ending).to.equal(1);
      expect(other.written.stderr).to.match(/sealed under another master key .* LOCKSTEP_MASTER_KEY_LOST=accepted/);
      expect(await readdir(folder.at('store'))).to.include('key-check');
    }),
  );
});
