import {
  BackupsTransaction,
  BackupStatusReader,
  ConfigStore,
  DiffVersions,
  LineDiff,
  ListBackupStatuses,
  ListVersions,
  ReadBackupStatus,
  ReadVersion,
  ReadVersionContent,
  RequestBackups,
  RequestBatch,
  VersionReader,
} from '#backups/application';
import { DeviceDirectory, ModelCatalogue } from '#devices/contracts';
import { Clock } from '#kernel';
import { HttpRoutes } from '#platform/http';
import { JobType, ScheduleForecast, UnfinishedJobs } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { bindStores, freshnessOf, type BackupsOptions } from './backup-stores.module.ts';
import { ThreadedLineDiff } from './diff/threaded-line-diff.ts';
import { BackupRoutes } from './http/backup-routes.ts';
import { BackupStatusRoutes } from './http/backup-status-routes.ts';
import { backupJobTypes, RunJobType } from './job-payloads.ts';
import { RegisteredModels } from './registered-models.ts';
import { bindStoreRoutes } from './upkeep/store-routes.module.ts';

/** What the API does: take requests for backups, and show what they have made. */
export function backupsModule(options: BackupsOptions): ContainerModule {
  return new ContainerModule((load) => {
    const { bind } = load;
    bindStores(load, options);
    bindStoreRoutes(load, options);
    bind(ModelCatalogue)
      .toResolvedValue(() => new RegisteredModels(), [])
      .inSingletonScope();
    bind(LineDiff)
      .toResolvedValue((clock) => new ThreadedLineDiff(clock), [Clock])
      .inSingletonScope();
    bind(RequestBackups)
      .toResolvedValue(
        (directory, reader, unfinished, transaction, clock) =>
          new RequestBackups({ devices: directory, statuses: reader, unfinished, transaction, clock }),
        [DeviceDirectory, BackupStatusReader, UnfinishedJobs, BackupsTransaction, Clock],
      )
      .inSingletonScope();
    bind(RequestBatch)
      .toResolvedValue((transaction) => new RequestBatch(transaction), [BackupsTransaction])
      .inSingletonScope();
    bind(ReadBackupStatus)
      .toResolvedValue(
        (reader, directory, forecast, clock) =>
          new ReadBackupStatus({ statuses: reader, devices: directory, forecast, clock }, freshnessOf(options)),
        [BackupStatusReader, DeviceDirectory, ScheduleForecast, Clock],
      )
      .inSingletonScope();
    bind(ListBackupStatuses)
      .toResolvedValue(
        (reader, clock) => new ListBackupStatuses(reader, clock, freshnessOf(options)),
        [BackupStatusReader, Clock],
      )
      .inSingletonScope();
    bind(ListVersions)
      .toResolvedValue(
        (versionReader, deviceDirectory) => new ListVersions(versionReader, deviceDirectory),
        [VersionReader, DeviceDirectory],
      )
      .inSingletonScope();
    bind(ReadVersion)
      .toResolvedValue((versionReader) => new ReadVersion(versionReader), [VersionReader])
      .inSingletonScope();
    bind(ReadVersionContent)
      .toResolvedValue(
        (versionReader, configStore) => new ReadVersionContent(versionReader, configStore),
        [VersionReader, ConfigStore],
      )
      .inSingletonScope();
    bind(DiffVersions)
      .toResolvedValue(
        (versionReader, configStore, lineDiff) => new DiffVersions(versionReader, configStore, lineDiff),
        [VersionReader, ConfigStore, LineDiff],
      )
      .inSingletonScope();
    bind(HttpRoutes)
      .toResolvedValue(
        (requestBackups, requestBatch, list, readVersion, content, diff) =>
          new BackupRoutes({ requestBackups, requestBatch }, { list, read: readVersion, content, diff }),
        [RequestBackups, RequestBatch, ListVersions, ReadVersion, ReadVersionContent, DiffVersions],
      )
      .inSingletonScope();
    bind(JobType)
      .toResolvedValue((directory) => new RunJobType(directory), [DeviceDirectory])
      .inSingletonScope();
    for (const type of backupJobTypes) bind(JobType).toConstantValue(type);
    bind(HttpRoutes)
      .toResolvedValue((read, list) => new BackupStatusRoutes(read, list), [ReadBackupStatus, ListBackupStatuses])
      .inSingletonScope();
  });
}
