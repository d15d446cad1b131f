import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { JobApiTest } from '../testing/job-api-test.ts';

type Page = { readonly items: readonly { readonly id: string }[]; readonly next: string | null };

const t = JobApiTest.install();

describe('the routes of jobs', () => {
  it(
    'show a job that waits',
    t.test(async ({ http, submit }) => {
      const id = await submit({ payload: { deviceId: 'r1' }, priority: 7 });

      const answer = await http.get(`/jobs/${id}`);

      expect(answer.body).to.deep.equal({
        id,
        type: 'test.run',
        state: 'queued',
        payload: { deviceId: 'r1' },
        priority: 7,
        dueAt: '2026-01-01T00:00:00.000Z',
        attempt: 0,
        maxAttempts: 3,
        timeoutMs: 600_000,
        queueTimeoutMs: null,
        deadlineMs: null,
        heartbeatTimeoutMs: null,
        progress: null,
        cancellation: null,
        parked: false,
        result: null,
        failure: null,
        submittedAt: '2026-01-01T00:00:00.000Z',
        finishedAt: null,
      });
    }),
  );

  it(
    'show what a job has made',
    t.test(async ({ http, submit, claimOne, queue, signal }) => {
      const id = await submit();
      await queue.complete((await claimOne()).lease, { outcome: 'stored' }, signal);

      const answer = await http.get(`/jobs/${id}`);

      const end = {
        state: 'succeeded',
        attempt: 1,
        result: { outcome: 'stored' },
        finishedAt: '2026-01-01T00:00:00.000Z',
      };
      expect(answer.body).to.deep.include(end);
    }),
  );

  it(
    'show why a job failed, and nothing of its lease',
    t.test(async ({ http, submit, claimOne, queue, signal }) => {
      const id = await submit();
      await queue.fail((await claimOne()).lease, { reason: 'No such device.', retryInMs: null }, signal);

      const answer = await http.get(`/jobs/${id}`);

      expect(answer.body).to.deep.include({ state: 'failed', failure: { reason: 'No such device.' }, result: null });
      expect(answer.body).to.not.have.any.keys('token', 'worker', 'leaseExpiresAt');
    }),
  );

  it(
    'say so when there is no such job',
    t.test(async ({ http }) => {
      const answer = await http.get('/jobs/00000000-0000-7000-8000-0000000000ff');

      expect(answer.status).to.equal(404);
      expect(answer.body).to.include({ code: 'job-not-found' });
    }),
  );

  it(
    'list jobs from the newest on, page by page',
    t.test(async ({ http, submit }) => {
      const ids = [await submit(), await submit(), await submit()];

      const first = (await http.get<Page>('/jobs?limit=2')).body;
      const second = (await http.get<Page>(`/jobs?limit=2&after=${first.next}`)).body;

      const idsOf = ({ items }: Page): string[] => items.map(({ id }) => id);
      expect([idsOf(first), idsOf(second)]).to.deep.equal([[ids[2], ids[1]], [ids[0]]]);
      expect([first.next, second.next]).to.deep.equal([ids[1], null]);
    }),
  );

  it(
    'ends the list with a page that is just full',
    t.test(async ({ http, submit }) => {
      await submit();
      await submit();

      const page = (await http.get<Page>('/jobs?limit=2')).body;

      expect([page.items.length, page.next]).to.deep.equal([2, null]);
    }),
  );

  it(
    'list the jobs of one state',
    t.test(async ({ http, submit, claimOne }) => {
      const running = await submit();
      await submit();
      await claimOne();

      const page = (await http.get<Page>('/jobs?state=running')).body;

      expect(page.items.map(({ id }) => id)).to.deep.equal([running]);
    }),
  );

  it(
    'list the jobs of one type that failed with a text, by priority',
    t.test(async ({ http, submit, claimOne, queue, signal }) => {
      const ids: string[] = [];
      for (const priority of [1, 9, 5]) {
        ids.push(await submit({ priority }));
        const { lease } = await claimOne();
        await queue.fail(lease, { reason: `100% of p${priority} is gone.`, retryInMs: null }, signal);
      }
      await submit({ type: 'test.other', priority: 9 });

      const path = '/jobs?type=test.run&text=100%25%20OF%20P&sort=-priority&limit=2';
      const first = (await http.get<Page>(path)).body;
      const second = (await http.get<Page>(`${path}&after=${first.next}`)).body;

      const seen = [...first.items, ...second.items].map(({ id }) => id);
      expect(seen).to.deep.equal([ids[1], ids[2], ids[0]]);
    }),
  );

  for (const [title, query] of cases('refuse a list with {case}', [
    'sort=payload',
    'text=',
    'limit=0',
    'limit=101',
    'state=lost',
    'after=1',
    'color=red',
  ])) {
    it(
      title,
      t.test(async ({ http }) => {
        const answer = await http.get(`/jobs?${query}`);

        expect([answer.status, answer.body.code]).to.deep.equal([400, 'invalid-request']);
      }),
    );
  }
});
