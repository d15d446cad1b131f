import {
  BackupsTransaction,
  BackupStatusReader,
  ConfigSource,
  ConfigStore,
  Hashing,
  JudgeFreshness,
  RunBackup,
  RunBatch,
  VersionInventory,
  VersionReader,
} from '#backups/application';
import { DeviceDirectory } from '#devices/contracts';
import { Clock, Ids } from '#kernel';
import { JobHandler, StandingSchedule, UnfinishedJobs } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { BatchHandler } from './batch-handler.ts';
import { BackupRunHandler } from './backup-run-handler.ts';
import { bindStores, freshnessOf, type BackupsOptions } from './backup-stores.module.ts';
import { TypeOrmVersionInventory } from './database/typeorm-version-inventory.ts';
import { FreshnessHandler } from './freshness-handler.ts';
import { SshConfigSource } from './ssh-config-source.ts';
import { standingSchedules } from './standing-schedules.ts';
import { bindStoreUpkeep } from './upkeep/store-upkeep.module.ts';

/** `sessions` is with how many devices it talks at once. */
export type BackupsWorkerOptions = BackupsOptions & { readonly sessions?: number };

const USUAL_SESSIONS = 10;

/** What the worker does: run the backups that were requested, and judge how recent they are. */
export function backupsWorkerModule(options: BackupsWorkerOptions): ContainerModule {
  return new ContainerModule((load) => {
    const { bind } = load;
    const { sessions = USUAL_SESSIONS } = options;
    bindStores(load, options);
    bindStoreUpkeep(load, options);
    for (const schedule of standingSchedules) bind(StandingSchedule).toConstantValue(schedule);
    bind(ConfigSource)
      .toResolvedValue((clock) => new SshConfigSource(clock, { sessions }), [Clock])
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
    bind(RunBatch)
      .toResolvedValue(
        (directory, reader, unfinished, transaction, clock) =>
          new RunBatch({ devices: directory, statuses: reader, unfinished, transaction, clock }),
        [DeviceDirectory, BackupStatusReader, UnfinishedJobs, BackupsTransaction, Clock],
      )
      .inSingletonScope();
    bind(JudgeFreshness)
      .toResolvedValue(
        (directory, reader, transaction, clock) =>
          new JudgeFreshness({ devices: directory, statuses: reader, transaction, clock }, freshnessOf(options)),
        [DeviceDirectory, BackupStatusReader, BackupsTransaction, Clock],
      )
      .inSingletonScope();
    bind(JobHandler)
      .toResolvedValue((runBackup) => new BackupRunHandler(runBackup), [RunBackup])
      .inSingletonScope();
    bind(JobHandler)
      .toResolvedValue((runBatch) => new BatchHandler(runBatch), [RunBatch])
      .inSingletonScope();
    bind(JobHandler)
      .toResolvedValue((judgeFreshness) => new FreshnessHandler(judgeFreshness), [JudgeFreshness])
      .inSingletonScope();
  });
}
