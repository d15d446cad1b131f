import { Clock, Ids } from '#kernel';
import { OutboxWithin } from '#notifications/contracts';
import { JobAdmission, JobQueue, JobTypes } from '#scheduling/application';
import { JobsWithin, JobType, UnfinishedJobs } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { usualCapacity, type Capacity } from './database/job-places.ts';
import { PostgresJobQueue } from './database/postgres-job-queue.ts';
import { PostgresJobsWithin } from './database/postgres-jobs.ts';
import { DatabaseTime, QueueTime } from './database/queue-time.ts';
import { TypeOrmUnfinishedJobs } from './database/typeorm-unfinished-jobs.ts';
import { NamedJobTypes } from './named-job-types.ts';

/** What makes another engine out of the one in PostgreSQL. */
export type EngineParts = { readonly own: JobQueue; readonly source: DataSource; readonly time: QueueTime };

export type JobsOptions = { readonly jobTypes: readonly string[] } & Partial<Capacity> & {
    /** The engine to run jobs with. The one in PostgreSQL when not given. */
    readonly engine?: ((parts: EngineParts) => JobQueue) | undefined;
  };

/**
 * What the other contexts' transactions join. `jobTypes` are those that the workers of this installation handle: a process
 * without handlers refuses the others all the same.
 */
export function bindJobs(
  { bind }: ContainerModuleLoadOptions,
  { jobTypes, capacity = usualCapacity.capacity }: JobsOptions,
): void {
  bind(JobTypes)
    .toResolvedValue(() => new NamedJobTypes(jobTypes), [])
    .inSingletonScope();
  bind(JobAdmission)
    .toResolvedValue(
      (types: JobTypes, ids: Ids, clock: Clock, offered: JobType[] = []) =>
        new JobAdmission(types, ids, clock, offered),
      [JobTypes, Ids, Clock, { isMultiple: true, optional: true, serviceIdentifier: JobType }],
    )
    .inSingletonScope();
  bind(JobsWithin)
    .toResolvedValue((admission) => new PostgresJobsWithin(admission, { capacity }), [JobAdmission])
    .inSingletonScope();
  bind(UnfinishedJobs)
    .toResolvedValue((source) => new TypeOrmUnfinishedJobs(source), [DataSource])
    .inSingletonScope();
}

/** The engine itself. Where an outbox is bound it is told of jobs that are parked. */
export function bindJobQueue(
  { bind }: ContainerModuleLoadOptions,
  { capacity = usualCapacity.capacity, engine = ({ own }) => own }: JobsOptions,
): void {
  bind(QueueTime)
    .toResolvedValue(() => new DatabaseTime(), [])
    .inSingletonScope();
  bind(JobQueue)
    .toResolvedValue(
      (source: DataSource, time: QueueTime, outbox?: OutboxWithin) =>
        engine({ own: new PostgresJobQueue(source, time, { capacity, ...(outbox && { outbox }) }), source, time }),
      [DataSource, QueueTime, { optional: true, serviceIdentifier: OutboxWithin }],
    )
    .inSingletonScope();
}
