import { createHttpServer } from '#platform/http';
import { testServerParts, withToken } from '#platform/http/testing';
import { ManualClock } from '#kernel/testing';
import { FindJob, ListJobs } from '#scheduling/application';
import { InMemoryJobQueue, InMemoryJobReader, InMemoryJobTable, JobBuilder } from '#scheduling/application/testing';
import type { ProposedJob } from '#scheduling/domain';
import { expect } from 'chai';
import type { FastifyInstance } from 'fastify';
import { JobRoutes } from './job-routes.ts';

const signal = new AbortController().signal;

describe('the routes of jobs', () => {
  const clock = new ManualClock();
  let table: InMemoryJobTable;
  let queue: InMemoryJobQueue;
  let build: JobBuilder;
  let server: FastifyInstance;

  beforeEach(async () => {
    table = new InMemoryJobTable();
    queue = new InMemoryJobQueue(clock, table);
    build = new JobBuilder(clock.now());
    const reader = new InMemoryJobReader(table);
    const routes = new JobRoutes(new FindJob(reader), new ListJobs(reader));
    ({ server } = await createHttpServer({ ...testServerParts(), routes: [routes] }));
  });
  afterEach(() => server.close());

  const get = (url: string) => server.inject({ url: `/api/v1${url}`, headers: withToken });

  async function submit(proposed: Partial<ProposedJob> = {}): Promise<string> {
    const job = build.queued(proposed);
    await queue.submit(job, signal);
    return job.snapshot().id;
  }

  async function claimOne() {
    const [job] = await queue.claim({ types: ['test.run'], worker: 'w1', limit: 1, leaseMs: 1_000 }, signal);
    return job!;
  }

  it('show a job that waits', async () => {
    const id = await submit({ payload: { deviceId: 'r1' }, priority: 7 });

    const answer = await get(`/jobs/${id}`);

    expect(answer.json()).to.deep.equal({
      id,
      type: 'test.run',
      state: 'queued',
      payload: { deviceId: 'r1' },
      priority: 7,
      dueAt: '2026-01-01T00:00:00.000Z',
      attempt: 0,
      maxAttempts: 3,
      result: null,
      failure: null,
      submittedAt: '2026-01-01T00:00:00.000Z',
      finishedAt: null,
    });
  });

  it('show what a job has made', async () => {
    const id = await submit();
    await queue.complete((await claimOne()).lease, { outcome: 'stored' }, signal);

    const answer = await get(`/jobs/${id}`);

    const end = {
      state: 'succeeded',
      attempt: 1,
      result: { outcome: 'stored' },
      finishedAt: '2026-01-01T00:00:00.000Z',
    };
    expect(answer.json()).to.deep.include(end);
  });

  it('show why a job failed, and nothing of its lease', async () => {
    const id = await submit();
    await queue.fail((await claimOne()).lease, { reason: 'No such device.', retryInMs: null }, signal);

    const answer = await get(`/jobs/${id}`);

    expect(answer.json()).to.deep.include({ state: 'failed', failure: { reason: 'No such device.' }, result: null });
    expect(answer.json()).to.not.have.any.keys('token', 'worker', 'leaseExpiresAt');
  });

  it('say so when there is no such job', async () => {
    const answer = await get('/jobs/00000000-0000-7000-8000-0000000000ff');

    expect(answer.statusCode).to.equal(404);
    expect(answer.json()).to.include({ code: 'job-not-found' });
  });

  it('list jobs from the newest on, page by page', async () => {
    const ids = [await submit(), await submit(), await submit()];

    const first = (await get('/jobs?limit=2')).json();
    const second = (await get(`/jobs?limit=2&after=${first.next}`)).json();

    const idsOf = (page: { items: { id: string }[] }): string[] => page.items.map(({ id }) => id);
    expect([idsOf(first), idsOf(second)]).to.deep.equal([[ids[2], ids[1]], [ids[0]]]);
    expect([first.next, second.next]).to.deep.equal([ids[1], null]);
  });

  it('ends the list with a page that is just full', async () => {
    await submit();
    await submit();

    const page = (await get('/jobs?limit=2')).json();

    expect([page.items.length, page.next]).to.deep.equal([2, null]);
  });

  it('list the jobs of one state', async () => {
    const running = await submit();
    await submit();
    await claimOne();

    const page = (await get('/jobs?state=running')).json();

    expect(page.items.map(({ id }: { id: string }) => id)).to.deep.equal([running]);
  });

  for (const query of ['limit=0', 'limit=101', 'state=lost', 'after=1', 'color=red']) {
    it(`refuse a list with ${query}`, async () => {
      const answer = await get(`/jobs?${query}`);

      expect([answer.statusCode, answer.json().code]).to.deep.equal([400, 'invalid-request']);
    });
  }
});
