import {
  BackupsTransaction,
  ConfigStore,
  DiffVersions,
  LineDiff,
  ListVersions,
  ReadVersion,
  ReadVersionContent,
  RequestBackups,
  VersionReader,
} from '#backups/application';
import { DeviceDirectory, ModelCatalogue } from '#devices/contracts';
import { Clock } from '#kernel';
import { HttpRoutes } from '#platform/http';
import { ContainerModule } from 'inversify';
import { bindStores, type BackupsOptions } from './backup-stores.module.ts';
import { ThreadedLineDiff } from './diff/threaded-line-diff.ts';
import { BackupRoutes } from './http/backup-routes.ts';
import { RegisteredModels } from './registered-models.ts';

/** What the API does: take requests for backups, and show what they have made. */
export function backupsModule(options: BackupsOptions): ContainerModule {
  return new ContainerModule((load) => {
    const { bind } = load;
    bindStores(load, options);
    bind(ModelCatalogue)
      .toResolvedValue(() => new RegisteredModels(), [])
      .inSingletonScope();
    bind(LineDiff)
      .toResolvedValue((clock) => new ThreadedLineDiff(clock), [Clock])
      .inSingletonScope();
    bind(RequestBackups)
      .toResolvedValue(
        (deviceDirectory, backupsTransaction) => new RequestBackups(deviceDirectory, backupsTransaction),
        [DeviceDirectory, BackupsTransaction],
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
        (requestBackups, list, readVersion, content, diff) =>
          new BackupRoutes(requestBackups, { list, read: readVersion, content, diff }),
        [RequestBackups, ListVersions, ReadVersion, ReadVersionContent, DiffVersions],
      )
      .inSingletonScope();
  });
}
