import { startHttpServer } from '#platform/http';
import { EventClient, testServerParts, withToken } from '#platform/http/testing';
import { RecordingLogger } from '#platform/logging/testing';
import {
  FindJob,
  type ClaimedJob,
  type JobHistory,
  type JobNotices,
  type JobQueue,
  type JobReader,
} from '#scheduling/application';
import { JobBuilder } from '#scheduling/application/testing';
import type { JobId, ProposedJob } from '#scheduling/domain';
import { HttpSocketTest } from '#testing/http';
import { JobStreamRoutes } from '../http/job-stream-routes.ts';
import { JobFeeds } from '../live/job-feeds.ts';

export type LiveEngine = {
  readonly queue: JobQueue;
  readonly history: JobHistory;
  readonly notices: JobNotices;
  readonly reader: JobReader;
};

/** The streams of jobs over a socket, over an engine that a subclass chooses. */
export abstract class LiveJobsTest extends HttpSocketTest {
  readonly logger = new RecordingLogger();
  readonly #build = new JobBuilder(this.clock.now());
  abstract readonly engine: () => LiveEngine;

  async submit(proposed: Partial<ProposedJob> = {}): Promise<JobId> {
    const job = this.#build.queued(proposed);
    await this.engine().queue.submit(job, this.signal);
    return job.snapshot().id;
  }

  async claimOne(types = ['test.run']): Promise<ClaimedJob> {
    const claim = { types, worker: 'w1', limit: 1, leaseMs: 3_600_000 };
    const [job] = await this.engine().queue.claim(claim, this.signal);
    return job!;
  }

  async follow(path: string, lastId?: string): Promise<EventClient> {
    const headers = { ...withToken, ...(lastId !== undefined && { 'last-event-id': lastId }) };
    const url = new URL(`/api/v1${path}`, await this.url);
    return this.use(await EventClient.open(url, { headers, signal: this.signal }));
  }

  /** Lets time pass until a client has what it is to have. */
  async until(what: string, probe: () => boolean): Promise<void> {
    await this.eventually({
      what,
      probe: async () => {
        await this.clock.advance(1_000);
        return probe();
      },
    });
  }

  protected override application() {
    const { clock, logger } = this;
    let close = async (): Promise<void> => {};
    return {
      listen: async (at: { readonly host: string; readonly port: number }) => {
        const { reader, ...engine } = this.engine();
        const routes = [new JobStreamRoutes(new JobFeeds({ ...engine, clock, logger }), new FindJob(reader))];
        const running = await startHttpServer({ ...testServerParts(() => {}, clock), routes, ...at });
        close = running.close;
        return running.url;
      },
      close: async () => close(),
    };
  }

  protected override defaults() {
    return { prefix: '/api/v1', headers: withToken };
  }
}
