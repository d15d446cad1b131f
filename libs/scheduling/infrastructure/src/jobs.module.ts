import { Clock, Ids } from '#kernel';
import { JobAdmission, JobTypes } from '#scheduling/application';
import { JobsWithin, UnfinishedJobs } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { usualCapacity, type Capacity } from './database/job-places.ts';
import { PostgresJobsWithin } from './database/postgres-jobs.ts';
import { TypeOrmUnfinishedJobs } from './database/typeorm-unfinished-jobs.ts';
import { NamedJobTypes } from './named-job-types.ts';

export type JobsOptions = { readonly jobTypes: readonly string[] } & Partial<Capacity>;

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
    .toResolvedValue((types, ids, clock) => new JobAdmission(types, ids, clock), [JobTypes, Ids, Clock])
    .inSingletonScope();
  bind(JobsWithin)
    .toResolvedValue((admission) => new PostgresJobsWithin(admission, { capacity }), [JobAdmission])
    .inSingletonScope();
  bind(UnfinishedJobs)
    .toResolvedValue((source) => new TypeOrmUnfinishedJobs(source), [DataSource])
    .inSingletonScope();
}
