import { ConfigStore } from '#backups/application';
import { Clock, Ids } from '#kernel';
import { FsBlobStore } from '../store/fs-blob-store.ts';
import { StoreFiles } from '../store/store-files.ts';
import { TemporaryNames, thisProcess } from '../store/temporary-names.ts';
import { InMemoryBackupTest } from './in-memory-backup-test.ts';
import { storeFilesModule } from './store-files.module.ts';
import { sealedStore } from './stores.ts';
import { VolatileDisk, type Survival } from './volatile-disk.ts';

const DIRECTORY = '/store';

/**
 * As {@link InMemoryBackupTest}, with the real store over a disk in memory, each of whose steps is a call of a port. A process
 * that has died is followed by one with the same process id.
 */
export class BackupOverFilesTest extends InMemoryBackupTest {
  #disk = new VolatileDisk();
  #survival: Survival | undefined;

  /** From now on a crash is a loss of power, of which so much survives. */
  powerFails(survival: Survival): void {
    this.#survival = survival;
  }

  /** The files that are being written, or were left behind. */
  get unfinished(): readonly string[] {
    return this.#disk.names(`${DIRECTORY}/incoming`);
  }

  override async crash(): Promise<void> {
    await super.crash();
    if (this.#survival !== undefined) this.#disk = this.#disk.afterPowerLoss(this.#survival);
  }

  protected override overrideStore(): void {
    this.overrideWith(ConfigStore, (bind) =>
      bind.toResolvedValue(
        (files, clock, ids) => {
          const names = new TemporaryNames(ids, thisProcess, new Set());
          return sealedStore(new FsBlobStore(DIRECTORY, { files, names, clock }));
        },
        [StoreFiles, Clock, Ids],
      ),
    );
  }

  protected override modules() {
    return [...super.modules(), storeFilesModule(this.#disk)];
  }
}
