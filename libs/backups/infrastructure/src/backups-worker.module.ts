import {
  BackupsTransaction,
  ConfigSource,
  ConfigStore,
  Hashing,
  RunBackup,
  VersionInventory,
  VersionReader,
} from '#backups/application';
import { DeviceDirectory } from '#devices/contracts';
import { Clock, Ids } from '#kernel';
import { JobHandler } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { BackupRunHandler } from './backup-run-handler.ts';
import { bindStores, type BackupsOptions } from './backup-stores.module.ts';
import { TypeOrmVersionInventory } from './database/typeorm-version-inventory.ts';
import { SshConfigSource } from './ssh-config-source.ts';

/** What the worker does: run the backups that were requested. */
export function backupsWorkerModule(options: BackupsOptions): ContainerModule {
  return new ContainerModule((load) => {
    const { bind } = load;
    bindStores(load, options);
    bind(ConfigSource)
      .toResolvedValue((clock) => new SshConfigSource(clock), [Clock])
      .inSingletonScope();
    bind(VersionInventory)
      .toResolvedValue((dataSource) => new TypeOrmVersionInventory(dataSource), [DataSource])
      .inSingletonScope();
    bind(RunBackup)
      .toResolvedValue(
        (directory, source, hashing, reader, store, inventory, transaction, clock, ids) =>
          new RunBackup({ devices: directory, source, hashing, reader, store, inventory, transaction, clock, ids }),
        [
          DeviceDirectory,
          ConfigSource,
          Hashing,
          VersionReader,
          ConfigStore,
          VersionInventory,
          BackupsTransaction,
          Clock,
          Ids,
        ],
      )
      .inSingletonScope();
    bind(JobHandler)
      .toResolvedValue((runBackup) => new BackupRunHandler(runBackup), [RunBackup])
      .inSingletonScope();
  });
}
