import { BACKUP_JOB, BATCH_JOB, FRESHNESS_JOB, STORE_JOBS } from '#backups/application';
import { backupsSchema, backupsWorkerModule } from '#backups/infrastructure';
import { devicesSchema, devicesWorkerModule } from '#devices/infrastructure';
import { DELIVERY_JOB } from '#notifications/application';
import {
  EventRelay,
  notificationsSchema,
  notificationsWorkerModule,
  outboxModule,
} from '#notifications/infrastructure';
import type { Config } from '#platform/config';
import { openDatabase } from '#platform/database';
import { Logger, loggingModule } from '#platform/logging';
import { StartCheck, systemModule } from '#platform/system';
import { JobWorker, PRUNE_JOB, ScheduleRunner, usualWorkerSettings } from '#scheduling/application';
import { schedulingSchema, schedulingWorkerModule, type SchedulingWorkerOptions } from '#scheduling/infrastructure';
import { Container, ContainerModule } from 'inversify';
import { hostname } from 'node:os';
import { DataSource } from 'typeorm';

/** What the worker asks its container for. */
export const workerRoots = [JobWorker, ScheduleRunner, EventRelay, StartCheck, Logger, DataSource];

type Settings = Pick<Config, 'logLevel' | 'masterKey' | 'storeDirectory' | 'worker'> &
  Partial<Pick<Config, 's3' | 'masterKeyLost' | 'queueCapacity' | 'freshnessMs' | 'webhooks'>>;

/** What hands out the jobs; the database itself when there is none. */
export type WorkerEngine = NonNullable<SchedulingWorkerOptions['engine']>;

/** Most jobs wait for a device to answer its call, dead ones for long: they must not keep the others from being called. */
const JOBS_PER_SESSION = 4;

/** Everything that runs jobs, over a database that it opens when it is first needed and whoever asked for it closes. */
export function composeWorker(settings: Settings, databaseUrl: string, engine?: WorkerEngine): Container {
  const { concurrency, leaseSeconds } = settings.worker;
  const worker = {
    ...usualWorkerSettings,
    name: `${hostname()}:${process.pid}`,
    concurrency: concurrency * JOBS_PER_SESSION,
    leaseMs: leaseSeconds * 1_000,
  };
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(
    systemModule(),
    outboxModule(),
    loggingModule({ level: settings.logLevel }),
    databaseModule(databaseUrl, worker.concurrency),
    schedulingWorkerModule({
      jobTypes: [BACKUP_JOB, BATCH_JOB, FRESHNESS_JOB, ...STORE_JOBS, DELIVERY_JOB, PRUNE_JOB],
      worker,
      engine,
      ...(settings.queueCapacity && { capacity: settings.queueCapacity }),
    }),
    devicesWorkerModule(settings),
    backupsWorkerModule({ ...settings, sessions: concurrency }),
    notificationsWorkerModule(settings),
  );
  return container;
}

/**
 * One for each attempt and some for heartbeats, claims and sweeps, up to a fifth of what a PostgreSQL server grants all its
 * clients unless it is told otherwise.
 *
 * Many attempts share the twenty without keeping a heartbeat waiting: an attempt takes one for a few statements at a time,
 * never while it talks to a device or waits for a second one, each statement has a time limit, and whoever waits is
 * served in order.
 */
function connectionsFor(concurrency: number): number {
  return Math.min(concurrency + 4, 20);
}

export function databaseModule(url: string, concurrency: number): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(DataSource)
      .toResolvedValue(
        (logger) =>
          openDatabase({
            url,
            schemas: [devicesSchema, schedulingSchema, backupsSchema, notificationsSchema],
            applicationName: 'lockstep-worker',
            poolSize: connectionsFor(concurrency),
            onConnectionLost: (error) => logger.warn('A database connection was lost.', { error }),
          }),
        [Logger],
      )
      .inSingletonScope();
  });
}
