import { Clock, Ids } from '#kernel';
import { HttpRoutes } from '#platform/http';
import { FindJob, JobAdmission, JobReader, JobTypes, ListJobs } from '#scheduling/application';
import { JobsWithin } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { PostgresJobsWithin } from './database/postgres-jobs.ts';
import { TypeOrmJobReader } from './database/typeorm-job-reader.ts';
import { JobRoutes } from './http/job-routes.ts';
import { NamedJobTypes } from './named-job-types.ts';

/**
 * Submits jobs and shows them. `jobTypes` are those that the workers of this installation handle: a process without
 * handlers refuses the others all the same. What runs jobs is `jobWorkerModule`.
 */
export function schedulingModule({ jobTypes }: { jobTypes: readonly string[] }): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(JobTypes)
      .toResolvedValue(() => new NamedJobTypes(jobTypes), [])
      .inSingletonScope();
    bind(JobAdmission)
      .toResolvedValue((types, ids, clock) => new JobAdmission(types, ids, clock), [JobTypes, Ids, Clock])
      .inSingletonScope();
    bind(JobsWithin)
      .toResolvedValue((admission) => new PostgresJobsWithin(admission), [JobAdmission])
      .inSingletonScope();
    bind(JobReader)
      .toResolvedValue((source) => new TypeOrmJobReader(source), [DataSource])
      .inSingletonScope();
    bind(FindJob)
      .toResolvedValue((reader) => new FindJob(reader), [JobReader])
      .inSingletonScope();
    bind(ListJobs)
      .toResolvedValue((reader) => new ListJobs(reader), [JobReader])
      .inSingletonScope();
    bind(HttpRoutes)
      .toResolvedValue((findJob, listJobs) => new JobRoutes(findJob, listJobs), [FindJob, ListJobs])
      .inSingletonScope();
  });
}
