import { Clock } from '#kernel';
import { Logger } from '#platform/logging';
import {
  JobNotices,
  JobQueue,
  JobTypes,
  JobWorker,
  PRUNE_JOB,
  Randomness,
  SweepExpiredLeases,
  WorkerJournal,
  WorkerRegistry,
  type WorkerSettings,
} from '#scheduling/application';
import { JobHandler } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { bindJobQueue, bindJobs } from './jobs.module.ts';
import { PostgresJobNotices } from './database/postgres-job-notices.ts';
import { PostgresWorkerRegistry } from './database/postgres-worker-registry.ts';
import { QueueTime } from './database/queue-time.ts';
import { bindPruning } from './pruning/pruning.module.ts';
import { bindScheduleRunner, bindScheduleStores } from './schedules.module.ts';
import type { SchedulingOptions } from './scheduling.module.ts';
import { LoggedJournal } from './worker/logged-journal.ts';
import { SystemRandomness } from './worker/system-randomness.ts';

export type SchedulingWorkerOptions = SchedulingOptions & { readonly worker: WorkerSettings };

/** What the worker does: run jobs by every `JobHandler` that the modules bind. Takes old jobs away if that is one of its types. */
export function schedulingWorkerModule({ worker: settings, ...options }: SchedulingWorkerOptions): ContainerModule {
  return new ContainerModule((load) => {
    bindJobs(load, options);
    bindJobQueue(load, options);
    bindScheduleStores(load);
    bindScheduleRunner(load, settings);
    if (options.jobTypes.includes(PRUNE_JOB)) bindPruning(load);
    const { bind } = load;
    bind(WorkerJournal)
      .toResolvedValue((logger) => new LoggedJournal(logger), [Logger])
      .inSingletonScope();
    bind(Randomness)
      .toResolvedValue(() => new SystemRandomness(), [])
      .inSingletonScope();
    bind(SweepExpiredLeases)
      .toResolvedValue((queue, journal) => new SweepExpiredLeases(queue, journal), [JobQueue, WorkerJournal])
      .inSingletonScope();
    bind(JobNotices)
      .toResolvedValue(
        (source, clock, randomness, journal) => new PostgresJobNotices({ source, clock, randomness, journal }),
        [DataSource, Clock, Randomness, WorkerJournal],
      )
      .inSingletonScope();
    bind(WorkerRegistry)
      .toResolvedValue((source, time) => new PostgresWorkerRegistry(source, time), [DataSource, QueueTime])
      .inSingletonScope();
    bind(JobWorker)
      .toResolvedValue(
        (
          handlers: JobHandler[],
          types: JobTypes,
          queue: JobQueue,
          sweep: SweepExpiredLeases,
          notices: JobNotices,
          registry: WorkerRegistry,
          clock: Clock,
          randomness: Randomness,
          journal: WorkerJournal,
        ) => new JobWorker({ handlers, types, queue, sweep, notices, registry, clock, randomness, journal }, settings),
        [
          { isMultiple: true, serviceIdentifier: JobHandler },
          JobTypes,
          JobQueue,
          SweepExpiredLeases,
          JobNotices,
          WorkerRegistry,
          Clock,
          Randomness,
          WorkerJournal,
        ],
      )
      .inSingletonScope();
  });
}
