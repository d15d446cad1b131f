import { ConfigStore, ListVersions, ReadVersionContent, RunBackup, VersionReader } from '#backups/application';
import type { BackupMade } from '#backups/application';
import type { BackupFailure, BackupStatusSnapshot, VersionId, VersionSnapshot } from '#backups/domain';
import { DeviceDirectory } from '#devices/contracts';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import type { Result } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import type { Lease } from '#scheduling/contracts';
import { InMemoryJobs, InMemoryUnfinishedJobs } from '#scheduling/contracts/testing';
import { ContainerTest } from '#testing/container';

/** Tests of backups as the worker's module wires them, of one device. The other contexts are in memory. */
export abstract class BackupTest extends ContainerTest {
  readonly deviceId = aDeviceAccess().id;
  readonly devices = new InMemoryDeviceDirectory();
  readonly jobs = new InMemoryJobs('backup.run', 'backup.batch', 'backup.freshness');
  readonly unfinishedJobs = new InMemoryUnfinishedJobs(this.jobs);
  readonly ids = new SequentialIds();

  /** Versions that a test remembers, newest first. */
  readonly history: VersionSnapshot[] = [];

  /** Changes the configuration of the device, so that it deserves another version. */
  abstract rename(hostname: string): void;

  /** How the backups of the device are going, as far as that is committed. */
  abstract status(): Promise<BackupStatusSnapshot | undefined>;

  /** How many changes others were told of; null where nobody listens. */
  get changesTold(): number | null {
    return null;
  }

  /** How many different contents the store keeps. */
  abstract contentsStored(): Promise<number>;

  async run({ lease = this.lease(), signal = this.signal } = {}): Promise<Result<BackupMade, BackupFailure>> {
    const backup = await this.get(RunBackup);
    return backup.execute({ deviceId: this.deviceId, lease }, { signal });
  }

  /** What a person sees who lists the versions of the device. */
  async list(signal = this.signal): Promise<readonly VersionSnapshot[]> {
    const query = new ListVersions(await this.get(VersionReader), await this.get(DeviceDirectory));
    return expectOk(await query.execute({ deviceId: this.deviceId, before: null, limit: 10 }, { signal })).versions;
  }

  async contentOf(versionId: VersionId, signal = this.signal): Promise<Uint8Array> {
    const query = new ReadVersionContent(await this.get(VersionReader), await this.get(ConfigStore));
    return expectOk(await query.execute({ versionId, view: 'original' }, { signal })).bytes;
  }

  /** The right to work on a job that nobody else has. */
  lease(): Lease {
    return this.jobs.claim(this.ids.next<'Job'>());
  }

  /** What is committed, newest first. */
  async versions(): Promise<readonly VersionSnapshot[]> {
    const reader = await this.get(VersionReader);
    return reader.page({ deviceId: this.deviceId, before: null, limit: 10 }, this.signal);
  }
}
