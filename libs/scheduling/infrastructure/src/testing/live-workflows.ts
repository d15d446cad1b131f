import { fc } from '#testing/properties';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import type { LiveJobsTest } from './live-jobs-test.ts';

/** Following jobs, whatever the engine. */
export function liveWorkflows(t: InstalledTest<LiveJobsTest>): void {
  it(
    'tells the life of a job as it goes on, and ends with it; whoever comes back then has no need to',
    t.test(async ({ submit, claimOne, follow, until, engine, signal, http }) => {
      const { queue } = engine();
      const id = await submit();
      await submit();
      const client = await follow(`/jobs/${id}/events`);
      await until('the submission', () => client.events.length === 2);

      const { lease } = await claimOne();
      await queue.tell(lease, { step: 'halfway', done: 1, total: 2 }, signal);
      await until('the progress', () => client.names.includes('progressed'));
      await queue.complete(lease, 'done', signal);
      await until('the end', () => client.names.includes('succeeded'));
      await client.ended;

      expect(client.names).to.deep.equal(['ready', 'submitted', 'claimed', 'progressed', 'succeeded']);
      const told = JSON.parse(client.events[3]!.data) as object;
      expect(told).to.deep.include({ jobId: id, type: 'test.run', kind: 'progressed', state: 'running', attempt: 1 });
      expect(told).to.deep.include({ progress: { step: 'halfway', done: 1, total: 2 } });
      expect((await http.get(`/jobs/${id}/events?after=${client.lastId}`)).status).to.equal(204);
      const late = await follow(`/jobs/${id}/events`);
      await late.ended;
      expect(late.names).to.deep.equal(client.names);
    }),
  );

  it(
    'goes on behind an end after which the job is done again',
    t.test(async ({ submit, follow, until, engine, signal }) => {
      const { queue } = engine();
      const id = await submit();
      await queue.cancel({ id, by: 'ada', reason: null }, signal);
      await queue.retry({ id, by: 'ada', attempts: 1 }, signal);

      const client = await follow(`/jobs/${id}/events`);
      await until('the retry', () => client.names.includes('retried'));
      await queue.cancel({ id, by: 'bob', reason: null }, signal);
      await until('the second end', () => client.events.length === 5);
      await client.ended;

      expect(client.names).to.deep.equal(['ready', 'submitted', 'cancelled', 'retried', 'cancelled']);
    }),
  );

  it(
    'tells of all jobs only what is asked for',
    t.test(async ({ submit, claimOne, follow, until }) => {
      await submit({ type: 'test.other' });
      const [all, other, running] = await Promise.all(
        ['', '?type=test.other', '?state=running'].map((query) => follow(`/jobs/events${query}`)),
      );
      const clients = [all!, other!, running!];
      await until('the beginning', () => clients.every(({ events }) => events.length > 0));

      await claimOne(['test.other']);
      const id = await submit();
      await claimOne();
      await until('all', () => all!.events.length >= 4);

      const told = clients.map(({ events }) =>
        events.slice(1).map(({ data }) => JSON.parse(data) as { kind: string; type: string; jobId: string }),
      );
      expect(told[0]!.slice(-3).map(({ kind }) => kind)).to.deep.equal(['claimed', 'submitted', 'claimed']);
      expect(told[1]!.map(({ type }) => type).every((type) => type === 'test.other')).to.equal(true);
      expect(told[1]!.at(-1)).to.include({ kind: 'claimed' });
      expect(told[2]!.map(({ kind }) => kind)).to.deep.equal(['claimed', 'claimed']);
      expect(told[2]!.at(-1)).to.include({ jobId: id });
    }),
  );

  it(
    'loses and repeats nothing for a client that is cut off anywhere and comes back with its last id',
    t.test(async ({ submit, follow, until }) => {
      const seen: string[] = [];
      let [lastId, jobs] = [undefined as string | undefined, 0];
      for (const cut of fc.sample(fc.nat(3), 6)) {
        using client = await follow('/jobs/events', lastId);
        await until('the beginning', () => client.events.length > 0);
        for (let n = 0; n < 3; n += 1) await submit();
        jobs += 3;
        await until('some', () => client.events.length > cut);

        // The connection is cut behind the event with this number, whatever was under way behind it.
        const taken = client.events.slice(0, cut + 1);
        seen.push(...taken.slice(1).map(({ data }) => (JSON.parse(data) as { jobId: string }).jobId));
        lastId = taken.at(-1)!.id;
      }
      using client = await follow('/jobs/events', lastId);
      await until('the rest', () => seen.length + client.events.length - 1 >= jobs);
      seen.push(...client.events.slice(1).map(({ data }) => (JSON.parse(data) as { jobId: string }).jobId));

      expect(seen).to.have.lengthOf(jobs);
      expect(new Set(seen).size).to.equal(jobs);
    }),
  ).timeout(15_000);

  it(
    'refuses an id that none of its events could have, and a job that there is not',
    t.test(async ({ submit, http }) => {
      const id = await submit();
      const wrong = ['x', '1', '1.', '1.2.3', '99999999999999999999.1', '1.9223372036854775808', '-1.0'];

      const answers = await Promise.all(
        wrong.flatMap((after) => [
          http.get(`/jobs/events?after=${after}`),
          http.get(`/jobs/${id}/events`, { headers: { 'last-event-id': after } }),
        ]),
      );
      const nobody = await http.get('/jobs/00000000-0000-7000-8000-00000000ffff/events');

      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([400]));
      expect(nobody.body).to.include({ status: 404, code: 'job-not-found' });
    }),
  );
}
