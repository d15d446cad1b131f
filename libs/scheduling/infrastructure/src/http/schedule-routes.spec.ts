import { sequentialId } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { ScheduleApiTest } from '../testing/schedule-api-test.ts';

const id = sequentialId<'Schedule'>(1);
const rule = { kind: 'weekly', weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], at: '02:30' };
const recurrence = { rule, zone: 'Europe/Berlin' };
const nightly = { name: 'nightly', plan: { recurrence }, job: { type: 'test.run', payload: { all: true } } };
const shown = {
  id,
  ...nightly,
  plan: { recurrence: { ...recurrence, gap: 'end', overlap: 'first' }, missed: { policy: 'once' }, jitterMs: 0 },
  inWords: 'every weekday at 02:30 Europe/Berlin',
  state: 'active',
  nextTick: '2026-01-01T01:30:00.000Z',
  nextDueAt: '2026-01-01T01:30:00.000Z',
  lastRun: null,
  refusal: null,
  version: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
};

type Page = { readonly items: readonly { readonly name: string }[]; readonly next: string | null };

const t = ScheduleApiTest.install();

describe('the routes of schedules', () => {
  it(
    'create a schedule with usual policies, say where it is, and show it',
    t.test(async ({ http }) => {
      const created = await http.post('/schedules', nightly);
      const found = await http.get(`/schedules/${id}`);

      expect([created.status, created.body]).to.deep.equal([201, shown]);
      expect(created.headers.location).to.equal(`/api/v1/schedules/${id}`);
      expect([found.status, found.body]).to.deep.equal([200, shown]);
    }),
  );

  it(
    'list schedules by name, page by page, and by what they are',
    t.test(async ({ http }) => {
      for (const name of ['c', 'a', 'b']) await http.post('/schedules', { ...nightly, name });
      await http.post(`/schedules/${id}/pause`);

      const first = (await http.get<Page>('/schedules?limit=2')).body;
      const second = (await http.get<Page>(`/schedules?limit=2&after=${first.next}`)).body;
      const paused = (await http.get<Page>('/schedules?state=paused&jobType=test.run')).body;

      const namesOf = (page: Page) => page.items.map(({ name }) => name);
      expect([namesOf(first), namesOf(second), namesOf(paused)]).to.deep.equal([['a', 'b'], ['c'], ['c']]);
      expect([first.next, second.next]).to.deep.equal(['b', null]);
    }),
  );

  it(
    'change what is given, leave the rest, and refuse who has not seen the change',
    t.test(async ({ http }) => {
      await http.post('/schedules', nightly);

      const changed = await http.patch(`/schedules/${id}`, { version: 1, name: 'at night' });
      const job = { type: 'test.run', payload: 'absent' };
      const unwanted = await http.patch(`/schedules/${id}`, { version: 2, job });
      const stale = await http.patch(`/schedules/${id}`, { version: 1, name: 'too late' });

      expect([changed.status, changed.body]).to.deep.equal([200, { ...shown, name: 'at night', version: 2 }]);
      expect([unwanted.status, unwanted.body.code]).to.deep.equal([422, 'schedule-job-refused']);
      expect([stale.status, stale.body.code]).to.deep.equal([409, 'stale-schedule']);
    }),
  );

  it(
    'pause, resume and remove a schedule',
    t.test(async ({ http, clock }) => {
      await http.post('/schedules', nightly);

      const paused = await http.post(`/schedules/${id}/pause`);
      await clock.advance(86_400_000);
      const resumed = await http.post(`/schedules/${id}/resume`);
      const removed = [await http.delete(`/schedules/${id}`), await http.delete(`/schedules/${id}`)];

      expect(paused.body).to.deep.include({ state: 'paused', nextTick: null, nextDueAt: null, version: 2 });
      expect(resumed.body).to.deep.include({ state: 'active', nextTick: '2026-01-02T01:30:00.000Z', version: 3 });
      expect(removed.map(({ status }) => status)).to.deep.equal([204, 404]);
    }),
  );

  it(
    'tell when a schedule runs next, and when a plan would that nobody has saved',
    t.test(async ({ http, table }) => {
      await http.post('/schedules', nightly);
      const hourly = { recurrence: { rule: { kind: 'every', count: 6, unit: 'hours' } } };

      const next = await http.get(`/schedules/${id}/next?count=3`);
      const preview = await http.post('/schedules/preview', { plan: hourly, count: 2 });
      const later = await http.post('/schedules/preview', { plan: hourly, count: 1, after: '2030-01-01T00:00:00Z' });

      expect([next.status, next.body]).to.deep.equal([
        200,
        {
          inWords: 'every weekday at 02:30 Europe/Berlin',
          times: ['2026-01-01T01:30:00.000Z', '2026-01-02T01:30:00.000Z', '2026-01-05T01:30:00.000Z'],
        },
      ]);
      expect(preview.body).to.deep.equal({
        inWords: 'every 6 hours from 1970-01-01T00:00:00Z',
        times: ['2026-01-01T06:00:00.000Z', '2026-01-01T12:00:00.000Z'],
      });
      expect(later.body).to.deep.include({ times: ['2030-01-01T06:00:00.000Z'] });
      expect(table.all()).to.have.lengthOf(1);
    }),
  );

  const cron = (expression: string) => ({ ...nightly, plan: { recurrence: { rule: { kind: 'cron', expression } } } });
  const refused = {
    'a day that never comes': [cron('0 0 30 2 *'), 422, 'invalid-recurrence'],
    'a zone that is none': [
      { ...nightly, plan: { recurrence: { ...recurrence, zone: 'Mars/Olympus' } } },
      422,
      'invalid-recurrence',
    ],
    'a plan that is over': [
      { ...nightly, plan: { recurrence: { rule: { kind: 'once', at: '2025-12-31T23:59:59Z' } } } },
      422,
      'invalid-schedule',
    ],
    'a name of nothing to see': [{ ...nightly, name: '  ' }, 422, 'invalid-schedule'],
    'a type that people may not ask for': [
      { ...nightly, job: { type: 'test.secret', payload: null } },
      422,
      'schedule-job-refused',
    ],
    'a payload that is none of its type': [
      { ...nightly, job: { type: 'test.run', payload: 'wrong' } },
      422,
      'schedule-job-refused',
    ],
    'a payload about something that is not there': [
      { ...nightly, job: { type: 'test.run', payload: 'absent' } },
      422,
      'schedule-job-refused',
    ],
    'a name that is taken': [{ ...nightly, name: 'taken' }, 409, 'schedule-name-taken'],
    'a field that is none': [{ ...nightly, owner: 'me' }, 400, 'invalid-request'],
    'a due time of its own': [
      { ...nightly, job: { ...nightly.job, dueAt: '2026-01-01T00:00:00Z' } },
      400,
      'invalid-request',
    ],
    'a kind that is none': [{ ...nightly, plan: { recurrence: { rule: { kind: 'lunar' } } } }, 400, 'invalid-request'],
  } as const;
  for (const [title, [body, status, code]] of cases('refuse {case}, and keep nothing', refused)) {
    it(
      title,
      t.test(async ({ http, table }) => {
        await http.post('/schedules', { ...nightly, name: 'taken' });

        const answer = await http.post('/schedules', body);

        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        expect(table.all()).to.have.lengthOf(1);
      }),
    );
  }

  for (const path of [`/schedules/${id}`, `/schedules/${id}/next`]) {
    it(
      `answer 404 at ${path} where there is no schedule`,
      t.test(async ({ http }) => {
        const answer = await http.get(path);

        expect([answer.status, answer.body.code]).to.deep.equal([404, 'schedule-not-found']);
      }),
    );
  }

  it(
    'refuse a query that they do not know',
    t.test(async ({ http }) => {
      const answers = [await http.get('/schedules?colour=red'), await http.get(`/schedules/${id}/next?count=1001`)];

      expect(answers.map(({ status }) => status)).to.deep.equal([400, 400]);
    }),
  );
});
