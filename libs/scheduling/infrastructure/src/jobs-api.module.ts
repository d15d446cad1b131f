import { Clock } from '#kernel';
import { HttpRoutes } from '#platform/http';
import { Logger } from '#platform/logging';
import {
  CancelJob,
  FindJob,
  JobAdmission,
  JobHistory,
  JobNotices,
  JobQueue,
  JobReader,
  ListJobs,
  PauseScheduler,
  ReadJobHistory,
  ReadScheduler,
  ResumeScheduler,
  RetryJob,
  SchedulerControl,
  SubmitJob,
} from '#scheduling/application';
import type { ContainerModuleLoadOptions } from 'inversify';
import { DataSource } from 'typeorm';
import { usualCapacity } from './database/job-places.ts';
import { PostgresJobHistory } from './database/postgres-job-history.ts';
import { PostgresJobNotices } from './database/postgres-job-notices.ts';
import { PostgresSchedulerControl } from './database/postgres-scheduler-control.ts';
import { QueueTime } from './database/queue-time.ts';
import { TypeOrmJobReader } from './database/typeorm-job-reader.ts';
import { JobRoutes } from './http/job-routes.ts';
import { JobStreamRoutes } from './http/job-stream-routes.ts';
import { SchedulerRoutes } from './http/scheduler-routes.ts';
import type { JobsOptions } from './jobs.module.ts';
import { JobFeeds } from './live/job-feeds.ts';
import { LoggedJournal } from './worker/logged-journal.ts';
import { SystemRandomness } from './worker/system-randomness.ts';

/** What people do with jobs and with the scheduler. Needs what `bindJobs` and `bindJobQueue` bind. */
export function bindJobsApi(load: ContainerModuleLoadOptions, options: JobsOptions): void {
  bindReaders(load, options);
  bindUseCases(load);
  bindStreams(load);
  const { bind } = load;
  bind(HttpRoutes)
    .toResolvedValue(
      (submitJob, findJob, listJobs, readJobHistory, cancelJob, retryJob) =>
        new JobRoutes({ submitJob, findJob, listJobs, readJobHistory, cancelJob, retryJob }),
      [SubmitJob, FindJob, ListJobs, ReadJobHistory, CancelJob, RetryJob],
    )
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue(
      (readScheduler, pauseScheduler, resumeScheduler) =>
        new SchedulerRoutes({ read: readScheduler, pause: pauseScheduler, resume: resumeScheduler }),
      [ReadScheduler, PauseScheduler, ResumeScheduler],
    )
    .inSingletonScope();
}

function bindReaders({ bind }: ContainerModuleLoadOptions, { capacity = usualCapacity.capacity }: JobsOptions): void {
  bind(JobReader)
    .toResolvedValue((source) => new TypeOrmJobReader(source), [DataSource])
    .inSingletonScope();
  bind(JobHistory)
    .toResolvedValue((source) => new PostgresJobHistory(source), [DataSource])
    .inSingletonScope();
  bind(SchedulerControl)
    .toResolvedValue(
      (source, time) => new PostgresSchedulerControl(source, time, { capacity }),
      [DataSource, QueueTime],
    )
    .inSingletonScope();
}

function bindUseCases({ bind }: ContainerModuleLoadOptions): void {
  bind(SubmitJob)
    .toResolvedValue(
      (admission, queue, reader) => new SubmitJob(admission, queue, reader),
      [JobAdmission, JobQueue, JobReader],
    )
    .inSingletonScope();
  bind(FindJob)
    .toResolvedValue((reader) => new FindJob(reader), [JobReader])
    .inSingletonScope();
  bind(ListJobs)
    .toResolvedValue((reader) => new ListJobs(reader), [JobReader])
    .inSingletonScope();
  bind(ReadJobHistory)
    .toResolvedValue((reader, history) => new ReadJobHistory(reader, history), [JobReader, JobHistory])
    .inSingletonScope();
  bind(CancelJob)
    .toResolvedValue((queue) => new CancelJob(queue), [JobQueue])
    .inSingletonScope();
  bind(RetryJob)
    .toResolvedValue((queue) => new RetryJob(queue), [JobQueue])
    .inSingletonScope();
  bind(ReadScheduler)
    .toResolvedValue((control) => new ReadScheduler(control), [SchedulerControl])
    .inSingletonScope();
  bind(PauseScheduler)
    .toResolvedValue((control) => new PauseScheduler(control), [SchedulerControl])
    .inSingletonScope();
  bind(ResumeScheduler)
    .toResolvedValue((control) => new ResumeScheduler(control), [SchedulerControl])
    .inSingletonScope();
}

/** What is happening now, for those who follow it. */
function bindStreams({ bind }: ContainerModuleLoadOptions): void {
  bind(JobNotices)
    .toResolvedValue(
      (source, clock, logger) => {
        const journal = new LoggedJournal(logger);
        return new PostgresJobNotices({ source, clock, randomness: new SystemRandomness(), journal });
      },
      [DataSource, Clock, Logger],
    )
    .inSingletonScope();
  bind(JobFeeds)
    .toResolvedValue(
      (history, notices, clock, logger) => new JobFeeds({ history, notices, clock, logger }),
      [JobHistory, JobNotices, Clock, Logger],
    )
    .inSingletonScope();
  bind(HttpRoutes)
    .toResolvedValue((feeds, findJob) => new JobStreamRoutes(feeds, findJob), [JobFeeds, FindJob])
    .inSingletonScope();
}
