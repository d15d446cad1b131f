import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { JobApiTest } from '../testing/job-api-test.ts';

const t = JobApiTest.install();
const unknown = '00000000-0000-7000-8000-0000000000ff';
const asked = { type: 'test.run', payload: { n: 1 } };

describe('the routes that change jobs', () => {
  it(
    'submit a job as it was asked for',
    t.test(async ({ http }) => {
      const limits = { timeoutMs: 2_000, queueTimeoutMs: 3_000, deadlineMs: 4_000, heartbeatTimeoutMs: 5_000 };
      const terms = { priority: 9, dueAt: '2026-01-02T00:00:00.000Z', maxAttempts: 1, ...limits };

      const answer = await http.post<{ id: string }>('/jobs', { ...asked, ...terms });

      expect(answer.status).to.equal(201);
      expect(answer.headers['location']).to.equal(`/api/v1/jobs/${answer.body.id}`);
      expect((await http.get(`/jobs/${answer.body.id}`)).body).to.deep.include({ state: 'queued', ...asked, ...terms });
    }),
  );

  it(
    'answer the job that is there when a request comes again with its key',
    t.test(async ({ http, table }) => {
      const once = { headers: { 'idempotency-key': 'once' } };

      const answers = [
        await http.post<{ id: string }>('/jobs', asked, once),
        await http.post<{ id: string }>('/jobs', asked, once),
      ];
      const other = await http.post('/jobs', { ...asked, payload: { n: 2 } }, once);

      expect(answers.map(({ status }) => status)).to.deep.equal([201, 200]);
      expect(answers[1]!.body.id).to.equal(answers[0]!.body.id);
      expect([other.status, other.body['code']]).to.deep.equal([422, 'idempotency-key-reused']);
      expect(table.all()).to.have.lengthOf(1);
    }),
  );

  it(
    'keep the keys of clients apart from those that the product gives its own jobs',
    t.test(async ({ http, table }) => {
      await http.post('/jobs', asked, { headers: { 'idempotency-key': 'schedule/1/2026' } });

      expect(table.all().map((job) => job.snapshot().idempotencyKey)).to.deep.equal(['client/schedule/1/2026']);
    }),
  );

  it(
    'refuse a place in a history that no page has named',
    t.test(async ({ http }) => {
      const { id } = (await http.post<{ id: string }>('/jobs', asked)).body;

      for (const after of ['99999999999999999999', '1.9999999999999999999', '99999999999999999999.1', 'x', '']) {
        const answer = await http.get(`/jobs/${id}/history?after=${after}`);
        expect([after, answer.status]).to.deep.equal([after, 400]);
      }
      expect((await http.get(`/jobs/${id}/history?after=9223372036854775807.1`)).status).to.equal(200);
    }),
  );

  const refused = {
    'of an unknown type': [{ ...asked, type: 'no.such' }, 422, 'unknown-job-type'],
    'of a type that is not for everyone': [{ ...asked, type: 'test.secret' }, 422, 'unknown-job-type'],
    'with a payload of no such type': [{ ...asked, payload: 7 }, 422, 'invalid-job'],
    'about something that is not there': [{ ...asked, payload: { n: 404 } }, 422, 'invalid-job'],
    'outside of a range': [{ ...asked, priority: 10 }, 422, 'invalid-job'],
    'past its deadline': [{ ...asked, dueAt: '2025-12-31T00:00:00.000Z', deadlineMs: 60_000 }, 422, 'invalid-job'],
    'with a field that nobody knows': [{ ...asked, color: 'red' }, 400, 'invalid-request'],
  } as const;
  for (const [which, [body, status, code]] of Object.entries(refused)) {
    it(
      `refuse a job ${which}, and store nothing`,
      t.test(async ({ http, table }) => {
        const answer = await http.post('/jobs', body);

        expect([answer.status, answer.body['code']]).to.deep.equal([status, code]);
        expect(table.all()).to.deep.equal([]);
      }),
    );
  }

  it(
    'refuse a job when the queue is full, and say when to come back',
    t.test(async ({ http, table, submit }) => {
      table.capacity = 1;
      await submit();

      const answer = await http.post('/jobs', asked);

      expect([answer.status, answer.body['code'], answer.body['capacity']]).to.deep.equal([503, 'queue-full', 1]);
      expect(answer.headers['retry-after']).to.equal('10');
      expect(table.all()).to.have.lengthOf(1);
    }),
  );

  it(
    'cancel a job that waits, at once, and tell its history',
    t.test(async ({ http, submit }) => {
      const id = await submit();

      const answer = await http.post(`/jobs/${id}/cancel`, { reason: 'a mistake' });

      const at = '2026-01-01T00:00:00.000Z';
      const cancellation = { by: 'api', reason: 'a mistake', at };
      expect(answer.body).to.deep.equal({ outcome: 'cancelled' });
      expect((await http.get(`/jobs/${id}`)).body).to.deep.include({ state: 'cancelled', cancellation });
      const history = (await http.get<{ items: readonly object[] }>(`/jobs/${id}/history`)).body.items;
      expect(history).to.deep.equal([
        { at, kind: 'submitted', state: 'queued', attempt: 0, by: null, reason: null, progress: null },
        { at, kind: 'cancelled', state: 'cancelled', attempt: 0, by: 'api', reason: 'a mistake', progress: null },
      ]);
    }),
  );

  it(
    'ask for the end of a job that runs',
    t.test(async ({ http, submit, claimOne }) => {
      const id = await submit();
      await claimOne();

      const answer = await http.post(`/jobs/${id}/cancel`, {});

      expect(answer.body).to.deep.equal({ outcome: 'requested' });
      expect((await http.get(`/jobs/${id}`)).body).to.deep.include({ state: 'running' });
    }),
  );

  it(
    'have a job done again that has failed',
    t.test(async ({ http, failed }) => {
      const id = await failed();

      const answer = await http.post(`/jobs/${id}/retry`, { attempts: 2 });

      expect(answer.status).to.equal(204);
      expect((await http.get(`/jobs/${id}`)).body).to.deep.include({ state: 'queued', attempt: 1, maxAttempts: 3 });
    }),
  );

  it(
    'need no body to cancel a job, and to have one done again',
    t.test(async ({ http, submit }) => {
      const id = await submit();

      const answers = [await http.post(`/jobs/${id}/cancel`), await http.post(`/jobs/${id}/retry`)];

      expect(answers.map(({ status }) => status)).to.deep.equal([200, 204]);
      expect((await http.get(`/jobs/${id}`)).body).to.deep.include({ state: 'queued', maxAttempts: 3 });
    }),
  );

  it(
    'refuse to cancel what has ended, and to do again what has not',
    t.test(async ({ http, failed, submit }) => {
      const [ended, waiting] = [await failed(), await submit()];

      const answers = [await http.post(`/jobs/${ended}/cancel`, {}), await http.post(`/jobs/${waiting}/retry`, {})];

      const told = answers.map(({ status, body }) => [status, body['code']]);
      expect(told).to.deep.equal([
        [409, 'job-has-ended'],
        [409, 'job-not-ended'],
      ]);
    }),
  );

  for (const [title, path] of cases('say so when there is no job to {case}', ['cancel', 'retry', 'history'])) {
    it(
      title,
      t.test(async ({ http }) => {
        const at = `/jobs/${unknown}/${path}`;

        const answer = path === 'history' ? await http.get(at) : await http.post(at, {});

        expect([answer.status, answer.body['code']]).to.deep.equal([404, 'job-not-found']);
      }),
    );
  }

  it(
    'read a history page by page',
    t.test(async ({ http, failed }) => {
      const id = await failed();
      type History = { readonly items: readonly { readonly kind: string }[]; readonly next: string | null };

      const first = (await http.get<History>(`/jobs/${id}/history?limit=2`)).body;
      const second = (await http.get<History>(`/jobs/${id}/history?limit=2&after=${first.next}`)).body;

      const kinds = [first, second].map(({ items }) => items.map(({ kind }) => kind));
      expect(kinds).to.deep.equal([['submitted', 'claimed'], ['failed']]);
      expect(second.next).to.equal(null);
    }),
  );
});
