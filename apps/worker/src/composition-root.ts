import { BACKUP_JOB } from '#backups/application';
import { backupsSchema, backupsWorkerModule } from '#backups/infrastructure';
import { devicesSchema, devicesWorkerModule } from '#devices/infrastructure';
import type { Config } from '#platform/config';
import { openDatabase } from '#platform/database';
import { Logger, loggingModule } from '#platform/logging';
import { systemModule } from '#platform/system';
import { JobWorker, usualWorkerSettings } from '#scheduling/application';
import { schedulingSchema, schedulingWorkerModule } from '#scheduling/infrastructure';
import { Container, ContainerModule } from 'inversify';
import { hostname } from 'node:os';
import { DataSource } from 'typeorm';

/** What the worker asks its container for. */
export const workerRoots = [JobWorker, Logger, DataSource];

type Settings = Pick<Config, 'logLevel' | 'masterKey' | 'storeDirectory' | 'worker'>;

/** Everything that runs jobs, over a database that it opens when it is first needed and whoever asked for it closes. */
export function composeWorker(settings: Settings, databaseUrl: string): Container {
  const { concurrency, leaseSeconds } = settings.worker;
  const worker = {
    ...usualWorkerSettings,
    name: `${hostname()}:${process.pid}`,
    concurrency,
    leaseMs: leaseSeconds * 1_000,
  };
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(
    systemModule(),
    loggingModule({ level: settings.logLevel }),
    databaseModule(databaseUrl, concurrency),
    schedulingWorkerModule({ jobTypes: [BACKUP_JOB], worker }),
    devicesWorkerModule({ masterKey: settings.masterKey }),
    backupsWorkerModule({ storeDirectory: settings.storeDirectory }),
  );
  return container;
}

export function databaseModule(url: string, concurrency: number): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(DataSource)
      .toResolvedValue(
        (logger) =>
          openDatabase({
            url,
            schemas: [devicesSchema, schedulingSchema, backupsSchema],
            applicationName: 'lockstep-worker',
            // A connection for each attempt, and some that heartbeats, claims and sweeps never have to wait for.
            poolSize: concurrency + 4,
            onConnectionLost: (error) => logger.warn('A database connection was lost.', { error }),
          }),
        [Logger],
      )
      .inSingletonScope();
  });
}
