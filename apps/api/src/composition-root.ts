import { BACKUP_JOB, BATCH_JOB, FRESHNESS_JOB, STORE_JOBS } from '#backups/application';
import { backupsModule } from '#backups/infrastructure';
import { devicesModule } from '#devices/infrastructure';
import { Clock, Ids } from '#kernel';
import { DELIVERY_JOB } from '#notifications/application';
import { notificationsModule, outboxModule } from '#notifications/infrastructure';
import type { Config } from '#platform/config';
import { HttpRoutes, ReadinessCheck } from '#platform/http';
import { Logger, loggingModule } from '#platform/logging';
import { StartCheck, systemModule } from '#platform/system';
import { PRUNE_JOB } from '#scheduling/application';
import { schedulingModule } from '#scheduling/infrastructure';
import { Container, ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { DatabaseReadiness } from './database-readiness.ts';

/** What the API asks its container for. */
export const apiRoots = [HttpRoutes, ReadinessCheck, StartCheck, Clock, Ids, Logger];

type Settings = Pick<Config, 'logLevel' | 'masterKey' | 'storeDirectory'> &
  Partial<Pick<Config, 's3' | 'masterKeyLost' | 'queueCapacity' | 'freshnessMs' | 'webhooks'>>;

/** Everything that answers requests, over a database that whoever opened it closes. */
export function composeApi({ logLevel, ...options }: Settings, source: DataSource): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(
    systemModule(),
    outboxModule(),
    loggingModule({ level: logLevel }),
    databaseModule(source),
    schedulingModule({
      jobTypes: [BACKUP_JOB, BATCH_JOB, FRESHNESS_JOB, ...STORE_JOBS, DELIVERY_JOB, PRUNE_JOB],
      ...(options.queueCapacity && { capacity: options.queueCapacity }),
    }),
    devicesModule(options),
    backupsModule(options),
    notificationsModule(options),
  );
  return container;
}

/** Opening the database has things to say before there is a container over it. */
export function composeLogger({ logLevel }: Pick<Settings, 'logLevel'>): Logger {
  const container = new Container();
  container.load(loggingModule({ level: logLevel }));
  return container.get(Logger);
}

function databaseModule(source: DataSource): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(DataSource).toConstantValue(source);
    bind(ReadinessCheck)
      .toResolvedValue((dataSource) => new DatabaseReadiness(dataSource), [DataSource])
      .inSingletonScope();
  });
}
