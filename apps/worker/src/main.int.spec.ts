import type { Faults } from '#device-simulator';
import type { JobId } from '#scheduling/contracts';
import type { TestProcess } from '#testing/system';
import { expect } from 'chai';
import { BackupServiceTest } from './testing/backup-service-test.ts';

class WorkerTest extends BackupServiceTest {
  async inTheMiddleOfABackup(faults: Faults): Promise<{ worker: TestProcess; jobId: JobId }> {
    const { device, id } = await this.addDevice(faults);
    const jobId = await this.requestBackup(id);
    const worker = await this.startWorker();
    await this.eventually({ what: 'the device to be asked', probe: () => device.log.typed.length > 2 });
    return { worker, jobId };
  }
}

const t = WorkerTest.install();

describe('the worker process', function () {
  // Processes start and end in it, also on a machine that is busy.
  this.timeout(60_000);

  it(
    'ends well when it is told to stop and has nothing to do',
    t.test(async ({ startWorker }) => {
      const worker = await startWorker();

      worker.signal('SIGTERM');

      expect(await worker.ended).to.equal(0);
    }),
  );

  it(
    'ends well when the process that started it lets go of it',
    t.test(async ({ startWorker }) => {
      const worker = await startWorker();

      worker.disconnect();

      expect(await worker.ended).to.equal(0);
    }),
  );

  it(
    'brings the backup to its end that is under way when it is told to stop',
    t.test(async ({ inTheMiddleOfABackup, job }) => {
      const { worker, jobId } = await inTheMiddleOfABackup({ chunkBytes: 64, delayMs: 20 });

      worker.signal('SIGTERM');

      expect(await worker.ended).to.equal(0);
      expect(await job(jobId)).to.include({ state: 'succeeded', attempt: 1 });
    }),
  );

  it(
    'ends at once when it is told a second time',
    t.test(async ({ inTheMiddleOfABackup, job, signal }) => {
      const { worker, jobId } = await inTheMiddleOfABackup({ stall: { afterBytes: 100 } });
      worker.signal('SIGTERM');
      await worker.says(/The worker stops/, signal);

      worker.signal('SIGINT');

      expect(await worker.ended).to.equal(130);
      expect(await job(jobId)).to.include({ state: 'running' });
    }),
  );

  it(
    'says what it needs when it has no database',
    t.test(async ({ launch }) => {
      const worker = await launch('main.ts', { DATABASE_URL: undefined });

      expect(await worker.ended).to.equal(1);
      expect(worker.lines.join('\n')).to.include('set DATABASE_URL');
    }),
  );

  it(
    'does not work on a database that lacks migrations',
    t.test(async ({ launch, database }) => {
      const clone = await database.clone();
      await clone.source.query('DELETE FROM migrations');

      const worker = await launch('main.ts', { DATABASE_URL: clone.url });

      expect(await worker.ended).to.equal(1);
      expect(worker.lines.join('\n')).to.include('npm run migrate -- up');
    }),
  );
});
