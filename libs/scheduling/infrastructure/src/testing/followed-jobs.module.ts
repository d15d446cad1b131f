import { Clock } from '#kernel';
import { RecordingLogger } from '#platform/logging/testing';
import { JobHistory, JobNotices, JobQueue } from '#scheduling/application';
import { ContainerModule } from 'inversify';
import { JobFeeds } from '../live/job-feeds.ts';
import type { LiveEngine } from './live-jobs-test.ts';

/** What follows jobs, over this engine. */
export function followedJobsModule(parts: Omit<LiveEngine, 'reader'> & { readonly clock: Clock }): ContainerModule {
  return new ContainerModule(({ bind }) => {
    bind(Clock).toConstantValue(parts.clock);
    bind(JobQueue).toResolvedValue(() => parts.queue);
    bind(JobHistory).toResolvedValue(() => parts.history);
    bind(JobNotices).toResolvedValue(() => parts.notices);
    bind(JobFeeds).toResolvedValue(
      (history, notices, clock) => new JobFeeds({ history, notices, clock, logger: new RecordingLogger() }),
      [JobHistory, JobNotices, Clock],
    );
  });
}
