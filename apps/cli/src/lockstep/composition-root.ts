import {
  BACKUP_JOB,
  BATCH_JOB,
  FRESHNESS_JOB,
  STORE_JOBS,
  DiffVersions,
  ListBackupStatuses,
  ListVersions,
  ReadVerification,
  ReadVersionContent,
  RequestBackups,
  RequestBatch,
  RequestUpkeep,
} from '#backups/application';
import { backupsModule } from '#backups/infrastructure';
import {
  AddDeviceTag,
  FindDevice,
  ImportDevices,
  ListDevices,
  PinHostKey,
  RegisterDevice,
  RemoveDevice,
  RemoveDeviceTag,
  ScanHostKey,
  SetDeviceEnabled,
} from '#devices/application';
import { ModelCatalogue } from '#devices/contracts';
import { devicesModule } from '#devices/infrastructure';
import { Clock, Ids } from '#kernel';
import { DELIVERY_JOB, ListWebhooks } from '#notifications/application';
import { notificationsModule, outboxModule } from '#notifications/infrastructure';
import type { Config } from '#platform/config';
import { HttpRoutes, ReadinessCheck } from '#platform/http';
import { Logger, loggingModule } from '#platform/logging';
import { StartCheck, systemModule } from '#platform/system';
import {
  CancelJob,
  CreateSchedule,
  FindJob,
  FindSchedule,
  ListJobs,
  ListSchedules,
  PauseSchedule,
  PreviewSchedule,
  PRUNE_JOB,
  ReadJobHistory,
  RemoveSchedule,
  ResumeSchedule,
  RetryJob,
} from '#scheduling/application';
import { schedulingModule } from '#scheduling/infrastructure';
import { Container, ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';

/** What commands ask their container for; the modules come with their routes, which nobody here serves. */
export const serviceRoots = [
  ...[Clock, Ids, Logger, StartCheck, HttpRoutes, ReadinessCheck, ModelCatalogue],
  ...[FindDevice, ImportDevices, ListDevices, RegisterDevice, RemoveDevice, SetDeviceEnabled],
  ...[AddDeviceTag, RemoveDeviceTag, PinHostKey, ScanHostKey],
  ...[DiffVersions, ListBackupStatuses, ListVersions, ReadVersionContent],
  ...[ReadVerification, RequestBackups, RequestBatch, RequestUpkeep],
  ...[CancelJob, FindJob, ListJobs, ReadJobHistory, RetryJob],
  ...[CreateSchedule, FindSchedule, ListSchedules, PreviewSchedule],
  ...[PauseSchedule, ResumeSchedule, RemoveSchedule, ListWebhooks],
];

type Settings = Pick<Config, 'masterKey' | 'storeDirectory'> &
  Partial<Pick<Config, 's3' | 'masterKeyLost' | 'queueCapacity' | 'freshnessMs' | 'webhooks'>>;

/** The use cases as the API has them, over a database that whoever opened it closes. */
export function composeService(settings: Settings, source: DataSource): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(
    systemModule(),
    outboxModule(),
    loggingModule({ level: 'warn' }),
    new ContainerModule(({ bind }) => void bind(DataSource).toConstantValue(source)),
    schedulingModule({
      jobTypes: [BACKUP_JOB, BATCH_JOB, FRESHNESS_JOB, ...STORE_JOBS, DELIVERY_JOB, PRUNE_JOB],
      ...(settings.queueCapacity && { capacity: settings.queueCapacity }),
    }),
    devicesModule(settings),
    backupsModule(settings),
    notificationsModule(settings),
  );
  return container;
}
