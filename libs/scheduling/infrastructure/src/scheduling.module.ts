import { HttpRoutes } from '#platform/http';
import { FindJob, JobReader, ListJobs } from '#scheduling/application';
import { ContainerModule } from 'inversify';
import { DataSource } from 'typeorm';
import { bindJobs, type JobsOptions } from './jobs.module.ts';
import { TypeOrmJobReader } from './database/typeorm-job-reader.ts';
import { JobRoutes } from './http/job-routes.ts';

export type SchedulingOptions = JobsOptions;

/** What the API does: submit jobs for the other contexts, and show them. */
export function schedulingModule(options: SchedulingOptions): ContainerModule {
  return new ContainerModule((load) => {
    bindJobs(load, options);
    const { bind } = load;
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
