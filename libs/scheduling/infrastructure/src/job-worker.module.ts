import { Clock } from '#kernel';
import { Logger } from '#platform/logging';
import {
  JobQueue,
  JobTypes,
  JobWorker,
  Randomness,
  SweepExpiredLeases,
  WorkerJournal,
  type WorkerSettings,
} from '#scheduling/application';
import { JobHandler } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { PostgresJobQueue } from './database/postgres-job-queue.ts';
import { DatabaseTime, QueueTime } from './database/queue-time.ts';
import { LoggedJournal } from './worker/logged-journal.ts';
import { SystemRandomness } from './worker/system-randomness.ts';

/** Runs jobs: a `JobWorker` over every `JobHandler` that the other contexts' modules bind. */
export function jobWorkerModule(settings: WorkerSettings): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(QueueTime)
      .toResolvedValue(() => new DatabaseTime(), [])
      .inSingletonScope();
    bind(JobQueue)
      .toResolvedValue((source, time) => new PostgresJobQueue(source, time), [DataSource, QueueTime])
      .inSingletonScope();
    bind(WorkerJournal)
      .toResolvedValue((logger) => new LoggedJournal(logger), [Logger])
      .inSingletonScope();
    bind(Randomness)
      .toResolvedValue(() => new SystemRandomness(), [])
      .inSingletonScope();
    bind(SweepExpiredLeases)
      .toResolvedValue((queue, journal) => new SweepExpiredLeases(queue, journal), [JobQueue, WorkerJournal])
      .inSingletonScope();
    bind(JobWorker)
      .toResolvedValue(
        (
          handlers: JobHandler[],
          types: JobTypes,
          queue: JobQueue,
          sweep: SweepExpiredLeases,
          clock: Clock,
          randomness: Randomness,
          journal: WorkerJournal,
        ) => new JobWorker({ handlers, types, queue, sweep, clock, randomness, journal }, settings),
        [
          { isMultiple: true, serviceIdentifier: JobHandler },
          JobTypes,
          JobQueue,
          SweepExpiredLeases,
          Clock,
          Randomness,
          WorkerJournal,
        ],
      )
      .inSingletonScope();
  });
}
