import { JobType } from '#scheduling/contracts';
import { ContainerModule } from 'inversify';
import { bindJobsApi } from './jobs-api.module.ts';
import { bindJobQueue, bindJobs, type JobsOptions } from './jobs.module.ts';
import { PruneJobType } from './pruning/prune-job-type.ts';
import { bindScheduleForecast, bindSchedules, bindScheduleStores } from './schedules.module.ts';

export type SchedulingOptions = JobsOptions;

/** What the API does: take jobs in, show them and what has become of them, and let people have their way with them. */
export function schedulingModule(options: SchedulingOptions): ContainerModule {
  return new ContainerModule((load) => {
    bindJobs(load, options);
    bindScheduleStores(load);
    bindSchedules(load);
    bindScheduleForecast(load);
    bindJobQueue(load, options);
    bindJobsApi(load, options);
    load.bind(JobType).toConstantValue(new PruneJobType());
  });
}
