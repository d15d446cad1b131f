import { SequentialIds } from '#kernel/testing';
import { createHttpServer, type HttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import {
  CancelJob,
  FindJob,
  JobAdmission,
  ListJobs,
  PauseScheduler,
  ReadJobHistory,
  ReadScheduler,
  ResumeScheduler,
  RetryJob,
  SubmitJob,
  type ClaimedJob,
} from '#scheduling/application';
import {
  InMemoryJobHistory,
  InMemoryJobQueue,
  InMemoryJobReader,
  InMemoryJobTable,
  InMemorySchedulerControl,
  InMemoryWorkerRegistry,
  JobBuilder,
} from '#scheduling/application/testing';
import type { JobType } from '#scheduling/contracts';
import type { JobId, ProposedJob } from '#scheduling/domain';
import { HttpTest } from '#testing/http';
import { JobRoutes } from '../http/job-routes.ts';
import { SchedulerRoutes } from '../http/scheduler-routes.ts';

/** A type that may be asked for; `test.secret` is handled too, but for its own context only. */
const offered: JobType = {
  name: 'test.run',
  problemWith: (payload) => (payload !== null && typeof payload === 'object' ? null : 'must be an object'),
  refusalOf: async (payload) => ((payload as { n?: number }).n === 404 ? 'names what is not there' : null),
};

/** The routes of jobs and of the scheduler, over jobs in memory. */
export class JobApiTest extends HttpTest {
  readonly table = new InMemoryJobTable();
  readonly registry = new InMemoryWorkerRegistry(this.clock);
  readonly queue = new InMemoryJobQueue(this.clock, this.table);
  readonly #build = new JobBuilder(this.clock.now());

  async submit(proposed: Partial<ProposedJob> = {}): Promise<JobId> {
    const job = this.#build.queued(proposed);
    await this.queue.submit(job, this.signal);
    return job.snapshot().id;
  }

  async claimOne(): Promise<ClaimedJob> {
    const claim = { types: ['test.run'], worker: 'w1', limit: 1, leaseMs: 1_000 };
    const [job] = await this.queue.claim(claim, this.signal);
    return job!;
  }

  async failed(): Promise<JobId> {
    const id = await this.submit();
    const { lease } = await this.claimOne();
    await this.queue.fail(lease, { reason: 'No such device.', retryInMs: null }, this.signal);
    return id;
  }

  protected override async application(): Promise<HttpServer> {
    const { table, queue, clock } = this;
    const reader = new InMemoryJobReader(table);
    const types = { names: () => ['test.run', 'test.secret'] };
    const admission = new JobAdmission(types, new SequentialIds(), clock, [offered]);
    const control = new InMemorySchedulerControl(clock, table, this.registry);
    const jobs = new JobRoutes({
      submitJob: new SubmitJob(admission, queue, reader),
      findJob: new FindJob(reader),
      listJobs: new ListJobs(reader),
      readJobHistory: new ReadJobHistory(reader, new InMemoryJobHistory(table)),
      cancelJob: new CancelJob(queue),
      retryJob: new RetryJob(queue),
    });
    const scheduler = new SchedulerRoutes({
      read: new ReadScheduler(control),
      pause: new PauseScheduler(control),
      resume: new ResumeScheduler(control),
    });
    return (await createHttpServer({ ...testServerParts(), routes: [jobs, scheduler] })).server;
  }

  protected override defaults() {
    return { prefix: '/api/v1', headers: withToken };
  }
}
