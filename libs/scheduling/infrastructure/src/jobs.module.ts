import { Clock, Ids } from '#kernel';
import { JobAdmission, JobTypes } from '#scheduling/application';
import { JobsWithin } from '#scheduling/contracts';
import type { ContainerModuleLoadOptions } from 'inversify';
import { PostgresJobsWithin } from './database/postgres-jobs.ts';
import { NamedJobTypes } from './named-job-types.ts';

/**
 * What the other contexts' transactions join. `jobTypes` are those that the workers of this installation handle: a process
 * without handlers refuses the others all the same.
 */
export function bindJobs({ bind }: ContainerModuleLoadOptions, jobTypes: readonly string[]): void {
  bind(JobTypes)
    .toResolvedValue(() => new NamedJobTypes(jobTypes), [])
    .inSingletonScope();
  bind(JobAdmission)
    .toResolvedValue((types, ids, clock) => new JobAdmission(types, ids, clock), [JobTypes, Ids, Clock])
    .inSingletonScope();
  bind(JobsWithin)
    .toResolvedValue((admission) => new PostgresJobsWithin(admission), [JobAdmission])
    .inSingletonScope();
}
