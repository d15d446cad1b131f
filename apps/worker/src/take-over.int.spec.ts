import { backupsSchema } from '#backups/infrastructure';
import type { DeviceId } from '#devices/contracts';
import { devicesSchema } from '#devices/infrastructure';
import type { SimulatedDevice } from '#device-simulator';
import type { JobId } from '#scheduling/contracts';
import { schedulingSchema } from '#scheduling/infrastructure';
import { useDatabase } from '#testing/database';
import { eventually, TestScope } from '#testing/lifecycle';
import { expect } from 'chai';
import { BackupService } from './testing/backup-service.ts';
import type { WorkerProcess } from './testing/worker-process.ts';

describe('a worker that is lost in the middle of a backup', function () {
  // Processes start and end in it, also on a machine that is busy; hooks count too.
  this.timeout(60_000);
  const database = useDatabase(devicesSchema, schedulingSchema, backupsSchema);
  let scope: TestScope;
  let service: BackupService;

  beforeEach(async () => {
    scope = new TestScope();
    service = await BackupService.open(database.url, scope);
  });
  afterEach(() => scope.close());

  const asked = (device: SimulatedDevice): Promise<true> =>
    eventually({ what: 'the device to be asked', probe: () => isAsked(device) }, scope.signal);

  const told = ({ lines }: WorkerProcess, text: string): Promise<true> =>
    eventually({ what: `the worker to write "${text}"`, probe: () => lines.join('\n').includes(text) }, scope.signal);

  /** Freezes a worker while the device answers, and has another one do the job: by then the device answers differently. */
  async function freeze(main: string): Promise<{ frozen: WorkerProcess; id: DeviceId; jobId: JobId }> {
    const { device, id } = await service.addDevice({ chunkBytes: 64, delayMs: 20 });
    const jobId = await service.requestBackup(id);
    const frozen = await service.startWorker(main);
    await asked(device);
    frozen.signal('SIGSTOP');
    device.faults = null;
    device.changeConfiguration((text) => text.replace(/^hostname .*$/m, 'hostname changed-meanwhile'));
    const second = await service.startWorker();
    await service.jobOnceIt('done', jobId, ({ state }) => state === 'succeeded');
    second.signal('SIGTERM');
    await second.ended;
    return { frozen, id, jobId };
  }

  it('is replaced when it was killed: another one does the job, and one version results', async () => {
    const { device, id } = await service.addDevice({ stall: { afterBytes: 100 } });
    const jobId = await service.requestBackup(id);
    const killed = await service.startWorker();
    await asked(device);

    killed.signal('SIGKILL');
    await killed.ended;
    device.faults = null;
    await service.startWorker();
    const job = await service.jobOnceIt('done', jobId, ({ state }) => state === 'succeeded');

    const versions = await service.versionsOf(id);
    expect(job).to.deep.include({ attempt: 2, token: 2, failure: null });
    expect(versions.map((version) => version.jobId)).to.deep.equal([jobId]);
  });

  it('gives up by itself when it was frozen, and goes on with other jobs', async () => {
    const { frozen, id, jobId } = await freeze('main.ts');
    const done = await service.job(jobId);

    frozen.signal('SIGCONT');
    await told(frozen, 'The lease of a job was lost');
    const next = await service.jobOnceIt('done', await service.requestBackup(id), ({ state }) => state === 'succeeded');

    expect(done).to.deep.include({ attempt: 2, token: 2 });
    expect(await service.job(jobId)).to.deep.equal(done);
    expect(next).to.have.nested.property('result.outcome', 'unchanged');
    expect(await service.versionsOf(id)).to.have.lengthOf(1);
  });

  it('is refused when it comes back late and does not know it', async () => {
    const { frozen, id, jobId } = await freeze('testing/worker-without-time.ts');
    const done = await service.job(jobId);
    const [version] = await service.versionsOf(id);

    frozen.signal('SIGCONT');
    await told(frozen, 'The lease of a job was lost');

    expect(done).to.deep.include({ attempt: 2, token: 2 });
    expect(await service.job(jobId)).to.deep.equal(done);
    expect(await service.versionsOf(id)).to.deep.equal([version]);
  });
});

function isAsked({ log }: SimulatedDevice): boolean {
  return log.typed.some((line) => line.includes('running-config'));
}
