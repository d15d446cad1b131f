import { expect } from 'chai';
import { BackupServiceTest } from './testing/backup-service-test.ts';

class BullMqTakeOverTest extends BackupServiceTest {
  protected override rung() {
    return 'clone' as const;
  }

  protected override variables() {
    return { LOCKSTEP_QUEUE: 'bullmq' };
  }

  async tickets(): Promise<unknown> {
    const [{ count }] = await this.database.source.query<[{ count: number }]>(
      'SELECT count(*)::integer AS count FROM bullmq.job',
    );
    return count;
  }
}

const t = BullMqTakeOverTest.install();

describe('workers whose turns BullMQ keeps', function () {
  // Processes start and end in it, also on a machine that is busy.
  this.timeout(60_000);

  it(
    'do the job of one that was killed, and one version results',
    t.test(async ({ addDevice, requestBackup, startWorker, eventually, jobOnceDone, versionsOf, tickets }) => {
      const { device, id } = await addDevice({ stall: { afterBytes: 100 } });
      const killed = await startWorker();
      const jobId = await requestBackup(id);
      const probe = (): boolean => device.log.typed.some((line) => line.includes('running-config'));
      await eventually({ what: 'the device to be asked', probe });

      killed.signal('SIGKILL');
      await killed.ended;
      device.faults = null;
      await startWorker();
      const job = await jobOnceDone(jobId);

      expect(job).to.deep.include({ attempt: 2, token: 2, failure: null });
      expect((await versionsOf(id)).map((version) => version.jobId)).to.deep.equal([jobId]);
      expect(await tickets()).to.equal(0);
    }),
  );
});
