import { JobQueue } from '#scheduling/application';
import { JobBuilder } from '#scheduling/application/testing';
import type { JobId } from '#scheduling/domain';
import { ContainerTest } from '#testing/container';
import { BEGINNING, JobFeeds } from '../live/job-feeds.ts';
import { followedJobsModule } from './followed-jobs.module.ts';
import type { LiveEngine } from './live-jobs-test.ts';

/** Followers and jobs in one container, over an engine that a subclass chooses. */
export abstract class FollowedJobsTest extends ContainerTest {
  readonly #build = new JobBuilder(this.clock.now());

  protected abstract engine(): Omit<LiveEngine, 'reader'>;

  async submit(signal = this.signal): Promise<JobId> {
    const job = this.#build.queued();
    await (await this.get(JobQueue)).submit(job, signal);
    return job.snapshot().id;
  }

  /** Follows all jobs until so many were submitted, and answers them in the order in which it was told. */
  async followed(count: number, signal = this.signal): Promise<readonly JobId[]> {
    const [feeds, stop, told] = [await this.get(JobFeeds), new AbortController(), [] as JobId[]];
    const until = AbortSignal.any([signal, stop.signal]);
    for await (const { event } of feeds.ofAll(BEGINNING, until)) if (told.push(event.jobId) === count) break;
    stop.abort();
    return told;
  }

  protected override async setUp(): Promise<void> {
    await this.get(JobFeeds);
    await this.get(JobQueue);
  }

  protected override modules() {
    return [followedJobsModule({ ...this.engine(), clock: this.clock })];
  }
}
