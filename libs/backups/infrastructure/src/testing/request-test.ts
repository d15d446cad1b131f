import { BackupStatusReader, BackupsTransaction, JudgeFreshness, RequestBackups, RunBatch } from '#backups/application';
import type { BackupStatusSnapshot } from '#backups/domain';
import { DeviceDirectory, type DeviceId, type DeviceSelection } from '#devices/contracts';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { Clock } from '#kernel';
import { expectOk, SequentialIds, sequentialId } from '#kernel/testing';
import { InMemoryOutbox } from '#notifications/contracts/testing';
import { UnfinishedJobs, type JobId, type Lease } from '#scheduling/contracts';
import { InMemoryJobs, InMemoryUnfinishedJobs } from '#scheduling/contracts/testing';
import { ContainerTest } from '#testing/container';

/** Tests of what asks for backups of several devices, as the modules wire it. The other contexts are in memory. */
export abstract class RequestTest extends ContainerTest {
  readonly devices = new InMemoryDeviceDirectory();
  readonly jobs = new InMemoryJobs('backup.run', 'backup.batch', 'backup.freshness');
  readonly unfinishedJobs = new InMemoryUnfinishedJobs(this.jobs);
  readonly outbox = new InMemoryOutbox();
  readonly ids = new SequentialIds();

  /** Registers devices of these numbers, with a pinned key, and answers their ids. */
  register(...numbers: readonly number[]): readonly DeviceId[] {
    const ids = numbers.map((number) => sequentialId<'Device'>(number));
    for (const id of ids) this.devices.register(aDeviceAccess({ id, name: `core-${id}` }));
    return ids;
  }

  /** Asks as the API does, and answers the job of each device. */
  async request(deviceIds: readonly DeviceId[], signal = this.signal): Promise<readonly JobId[]> {
    const ports = {
      devices: await this.get(DeviceDirectory),
      statuses: await this.get(BackupStatusReader),
      unfinished: await this.get(UnfinishedJobs),
      transaction: await this.get(BackupsTransaction),
      clock: await this.get(Clock),
    };
    const requested = await new RequestBackups(ports).execute({ deviceIds }, { signal });
    return expectOk(requested).map(({ jobId }) => jobId);
  }

  async batch(selection: DeviceSelection, lease: Lease, signal = this.signal) {
    const batch = await this.get(RunBatch);
    return expectOk(await batch.execute({ selection, lease }, { signal, progress: () => {} }));
  }

  async judge(lease: Lease, signal = this.signal) {
    const judge = await this.get(JudgeFreshness);
    return judge.execute({ lease }, { signal, progress: () => {} });
  }

  /** The right to work on a job that nobody else has. */
  lease(): Lease {
    return this.jobs.claim(this.ids.next<'Job'>());
  }

  /** The runs that were submitted, by their devices. */
  runs(): readonly (readonly [DeviceId, JobId])[] {
    return [...this.jobs.submitted].map(([id, job]) => [(job.payload as { deviceId: DeviceId }).deviceId, id]);
  }

  async statuses(): Promise<readonly BackupStatusSnapshot[]> {
    const reader = await this.get(BackupStatusReader);
    return reader.page({ state: null, freshSince: new Date(0), after: null, limit: 100 }, this.signal);
  }
}
