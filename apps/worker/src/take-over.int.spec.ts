import type { DeviceId } from '#devices/contracts';
import type { SimulatedDevice } from '#device-simulator';
import type { JobId } from '#scheduling/contracts';
import type { TestProcess } from '#testing/system';
import { expect } from 'chai';
import { BackupServiceTest } from './testing/backup-service-test.ts';

class TakeOverTest extends BackupServiceTest {
  untilAsked({ log }: SimulatedDevice): Promise<true> {
    const probe = (): boolean => log.typed.some((line) => line.includes('running-config'));
    return this.eventually({ what: 'the device to be asked', probe });
  }

  /** Freezes a worker while the device answers, and has another one do the job: by then the device answers differently. */
  async freeze(main: string): Promise<{ frozen: TestProcess; id: DeviceId; jobId: JobId }> {
    const { device, id } = await this.addDevice({ chunkBytes: 64, delayMs: 20 });
    const jobId = await this.requestBackup(id);
    const frozen = await this.startWorker(main);
    await this.untilAsked(device);
    frozen.signal('SIGSTOP');
    device.faults = null;
    device.changeConfiguration((text) => text.replace(/^hostname .*$/m, 'hostname changed-meanwhile'));
    const second = await this.startWorker();
    await this.jobOnceDone(jobId);
    second.signal('SIGTERM');
    await second.ended;
    return { frozen, id, jobId };
  }
}

const t = TakeOverTest.install();

describe('a worker that is lost in the middle of a backup', function () {
  // Processes start and end in it, also on a machine that is busy.
  this.timeout(60_000);

  it(
    'is replaced when it was killed: another one does the job, and one version results',
    t.test(async ({ addDevice, requestBackup, startWorker, untilAsked, jobOnceDone, versionsOf }) => {
      const { device, id } = await addDevice({ stall: { afterBytes: 100 } });
      const jobId = await requestBackup(id);
      const killed = await startWorker();
      await untilAsked(device);

      killed.signal('SIGKILL');
      await killed.ended;
      device.faults = null;
      await startWorker();
      const job = await jobOnceDone(jobId);

      const versions = await versionsOf(id);
      expect(job).to.deep.include({ attempt: 2, token: 2, failure: null });
      expect(versions.map((version) => version.jobId)).to.deep.equal([jobId]);
    }),
  );

  it(
    'gives up by itself when it was frozen, and goes on with other jobs',
    t.test(async ({ requestBackup, freeze, job, jobOnceDone, versionsOf, signal }) => {
      const { frozen, id, jobId } = await freeze('main.ts');
      const done = await job(jobId);

      frozen.signal('SIGCONT');
      await frozen.says(/The lease of a job was lost/, signal);
      const next = await jobOnceDone(await requestBackup(id));

      expect(done).to.deep.include({ attempt: 2, token: 2 });
      expect(await job(jobId)).to.deep.equal(done);
      expect(next).to.have.nested.property('result.outcome', 'unchanged');
      expect(await versionsOf(id)).to.have.lengthOf(1);
    }),
  );

  it(
    'gives up by itself when it stood still for longer than its lease, also where no other took the job, and does it again',
    t.test(
      async ({ addDevice, requestBackup, startWorker, untilAsked, jobOnceDone, versionsOf, database, eventually }) => {
        const { device, id } = await addDevice({ chunkBytes: 64, delayMs: 20 });
        const jobId = await requestBackup(id);
        const alone = await startWorker();
        await untilAsked(device);

        alone.signal('SIGSTOP');
        const expired = `SELECT 1 FROM jobs WHERE state = 'running' AND lease_expires_at < now()`;
        const probe = async (): Promise<boolean> => (await database.source.query<unknown[]>(expired)).length === 1;
        await eventually({ what: 'the end of the lease', probe, within: 10_000 });
        device.faults = null;
        alone.signal('SIGCONT');
        const job = await jobOnceDone(jobId);

        const versions = await versionsOf(id);
        expect(job).to.deep.include({ attempt: 2, token: 2, failure: null });
        expect(versions.map((version) => version.jobId)).to.deep.equal([jobId]);
      },
    ),
  );

  it(
    'is refused when it comes back late and does not know it',
    t.test(async ({ freeze, job, versionsOf, signal }) => {
      const { frozen, id, jobId } = await freeze('testing/worker-without-time.ts');
      const done = await job(jobId);
      const [version] = await versionsOf(id);

      frozen.signal('SIGCONT');
      await frozen.says(/The lease of a job was lost/, signal);

      expect(done).to.deep.include({ attempt: 2, token: 2 });
      expect(await job(jobId)).to.deep.equal(done);
      expect(await versionsOf(id)).to.deep.equal([version]);
    }),
  );
});
