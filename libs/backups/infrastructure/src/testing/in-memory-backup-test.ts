import { BackupsTransaction, ConfigSource, ConfigStore, VersionInventory, VersionReader } from '#backups/application';
import {
  InMemoryBackupsTransaction,
  InMemoryConfigSource,
  InMemoryConfigStore,
  InMemoryVersionInventory,
  InMemoryVersionReader,
} from '#backups/application/testing';
import { aDeviceAccess } from '#devices/contracts/testing';
import { backupsWorkerModule } from '../backups-worker.module.ts';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { BackupTest } from './backup-test.ts';
import { masterKey } from './stores.ts';
import { surroundingsModule } from './surroundings.module.ts';

const { address, hostKey } = aDeviceAccess();

/** The worker's module with a mock for each of its adapters, and a device that is called core-1. */
export class InMemoryBackupTest extends BackupTest {
  readonly #source = new InMemoryConfigSource();
  readonly #store = new InMemoryConfigStore(new Sha256Hashing());

  async contentsStored(): Promise<number> {
    return this.#store.size;
  }

  rename(hostname: string): void {
    const text = `hostname ${hostname}\nend\n`;
    this.#source.place(address, { hostKey: hostKey!, password: 'open sesame', text });
  }

  protected override setUp(): void {
    this.devices.register(aDeviceAccess());
    this.rename('core-1');
    const reader = new InMemoryVersionReader();
    this.override(VersionReader, reader);
    this.override(VersionInventory, new InMemoryVersionInventory(reader));
    this.override(BackupsTransaction, new InMemoryBackupsTransaction(reader, this.jobs));
    this.override(ConfigSource, this.#source);
    this.overrideStore();
  }

  protected overrideStore(): void {
    this.override(ConfigStore, this.#store);
  }

  protected override modules() {
    return [backupsWorkerModule({ storeDirectory: '/nowhere', masterKey }), surroundingsModule(this)];
  }
}
