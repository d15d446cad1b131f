import { BackupsTransaction, ConfigSource, ConfigStore, VersionInventory, VersionReader } from '#backups/application';
import {
  InMemoryBackupsTransaction,
  InMemoryBackupStatusReader,
  InMemoryConfigSource,
  InMemoryConfigStore,
  InMemoryVersionInventory,
  InMemoryVersionReader,
} from '#backups/application/testing';
import type { BackupStatusSnapshot } from '#backups/domain';
import { aDeviceAccess } from '#devices/contracts/testing';
import { InMemoryOutbox } from '#notifications/contracts/testing';
import { backupsWorkerModule } from '../backups-worker.module.ts';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { BackupTest } from './backup-test.ts';
import { masterKey } from './stores.ts';
import { surroundingsModule } from './surroundings.module.ts';

const { address, hostKey } = aDeviceAccess();

/** The worker's module with a mock for each of its adapters, and a device that is called core-1. */
export class InMemoryBackupTest extends BackupTest {
  protected readonly statuses = new InMemoryBackupStatusReader();
  readonly outbox = new InMemoryOutbox();
  protected readonly committed = new InMemoryVersionReader();
  readonly #source = new InMemoryConfigSource();
  protected readonly store = new InMemoryConfigStore(new Sha256Hashing());

  override get changesTold(): number {
    return this.outbox.recorded.filter(({ type }) => type === 'device.changed').length;
  }

  async status(): Promise<BackupStatusSnapshot | undefined> {
    return (await this.statuses.of([this.deviceId], this.signal))[0];
  }

  async contentsStored(): Promise<number> {
    return this.store.size;
  }

  rename(hostname: string): void {
    const text = `hostname ${hostname}\nend\n`;
    this.#source.place(address, { hostKey: hostKey!, password: 'open sesame', text });
  }

  protected override setUp(): void {
    this.devices.register(aDeviceAccess());
    this.rename('core-1');
    this.override(VersionReader, this.committed);
    this.override(VersionInventory, new InMemoryVersionInventory(this.committed));
    const { statuses, outbox } = this;
    this.override(BackupsTransaction, new InMemoryBackupsTransaction(this.committed, this.jobs, { statuses, outbox }));
    this.override(ConfigSource, this.#source);
    this.overrideStore();
  }

  protected overrideStore(): void {
    this.override(ConfigStore, this.store);
  }

  protected override modules() {
    return [backupsWorkerModule({ storeDirectory: '/nowhere', masterKey }), surroundingsModule(this)];
  }
}
