import { ConfigSource } from '#backups/application';
import { SimulatedDevice, syntheticRecordings } from '#device-simulator';
import { InMemoryTransaction } from '#kernel/testing';
import { TestDatabase } from '#testing/database';
import { TemporaryFolder } from '#testing/system';
import type { BackupStatusSnapshot } from '#backups/domain';
import { backupsWorkerModule } from '../backups-worker.module.ts';
import { backupsSchema } from '../database/backups-schema.ts';
import { TypeOrmBackupStatusReader } from '../database/typeorm-backup-status-reader.ts';
import { SshConfigSource } from '../ssh-config-source.ts';
import { BackupTest } from './backup-test.ts';
import { QUIET_MS, QuietPasses } from './quiet-passes.ts';
import { accessTo, CREDENTIALS } from './ssh-test.ts';
import { filesIn } from './files-in.ts';
import { noOutbox } from './no-outbox.ts';
import { masterKey } from './stores.ts';
import { surroundingsModule } from './surroundings.module.ts';

/** The worker's module as it is: a simulated device over SSH, PostgreSQL, files. */
export class SshBackupTest extends BackupTest {
  readonly #database = this.part(new TestDatabase(backupsSchema, { races: true }));
  device!: SimulatedDevice;
  folder!: TemporaryFolder;

  rename(hostname: string): void {
    this.device.changeConfiguration((text) => text.replace(/(?<=^hostname )\S+/m, hostname));
  }

  async status(): Promise<BackupStatusSnapshot | undefined> {
    const reader = new TypeOrmBackupStatusReader(this.#database.source);
    return (await reader.of([this.deviceId], this.signal))[0];
  }

  contentsStored(): Promise<number> {
    return filesIn(this.folder);
  }

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make());
    const recording = (await syntheticRecordings()).find(({ model }) => model === 'ios')!;
    this.device = await this.use(SimulatedDevice.start({ recording, credentials: CREDENTIALS }));
    this.devices.register({ ...accessTo(this.device), id: this.deviceId });
    this.override(ConfigSource, new SshConfigSource(new QuietPasses(this.clock), { quiet: QUIET_MS }));
  }

  protected override modules() {
    const { devices, unfinishedJobs, clock, ids, signal } = this;
    // Only their leases matter here, which are no part of the database.
    const jobs = { join: () => this.jobs.join(InMemoryTransaction.begin(signal).open) };
    const { source } = this.#database;
    return [
      backupsWorkerModule({ storeDirectory: this.folder.path, masterKey }),
      surroundingsModule({ devices, jobs, unfinishedJobs, outbox: noOutbox, clock, ids, source }),
    ];
  }
}
