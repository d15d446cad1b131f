import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { schedulingSchema } from '#scheduling/infrastructure';
import { useDatabase } from '#testing/database';
import { eventually, TestScope } from '#testing/lifecycle';
import { expect } from 'chai';
import { tmpdir } from 'node:os';
import { BackupService } from './testing/backup-service.ts';
import { WorkerProcess } from './testing/worker-process.ts';

describe('the worker process', function () {
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

  async function inTheMiddleOfABackup(faults: Parameters<BackupService['addDevice']>[0]) {
    const { device, id } = await service.addDevice(faults);
    const jobId = await service.requestBackup(id);
    const worker = await service.startWorker();
    await eventually({ what: 'the device to be asked', probe: () => device.log.typed.length > 2 }, scope.signal);
    return { worker, jobId };
  }

  it('ends well when it is told to stop and has nothing to do', async () => {
    const worker = await service.startWorker();

    worker.signal('SIGTERM');

    expect(await worker.ended).to.equal(0);
  });

  it('ends well when the process that started it lets go of it', async () => {
    const worker = await service.startWorker();

    worker.disconnect();

    expect(await worker.ended).to.equal(0);
  });

  it('brings the backup to its end that is under way when it is told to stop', async () => {
    const { worker, jobId } = await inTheMiddleOfABackup({ chunkBytes: 64, delayMs: 20 });

    worker.signal('SIGTERM');

    expect(await worker.ended).to.equal(0);
    expect(await service.job(jobId)).to.include({ state: 'succeeded', attempt: 1 });
  });

  it('ends at once when it is told a second time', async () => {
    const { worker, jobId } = await inTheMiddleOfABackup({ stall: { afterBytes: 100 } });
    worker.signal('SIGTERM');
    const stops = (): boolean => worker.lines.some((line) => line.includes('The worker stops'));
    await eventually({ what: 'the worker to begin to stop', probe: stops }, scope.signal);

    worker.signal('SIGINT');

    expect(await worker.ended).to.equal(130);
    expect(await service.job(jobId)).to.include({ state: 'running' });
  });

  it('says what it needs when it has no database', async () => {
    const worker = await scope.use(new WorkerProcess('main.ts', { LOCKSTEP_DATA_DIR: tmpdir() }));

    expect(await worker.ended).to.equal(1);
    expect(worker.lines.join('\n')).to.include('set DATABASE_URL');
  });

  it('does not work on a database that lacks migrations', async () => {
    await using clone = await database.clone();
    await clone.source.query('DELETE FROM migrations');

    const worker = await scope.use(
      new WorkerProcess('main.ts', { LOCKSTEP_DATA_DIR: tmpdir(), DATABASE_URL: clone.url }),
    );

    expect(await worker.ended).to.equal(1);
    expect(worker.lines.join('\n')).to.include('npm run migrate -- up');
  });
});
