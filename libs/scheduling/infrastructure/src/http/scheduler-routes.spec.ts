import { expect } from 'chai';
import { JobApiTest } from '../testing/job-api-test.ts';

const t = JobApiTest.install();

describe('the routes of the scheduler', () => {
  it(
    'show who works, and what waits for how long',
    t.test(async ({ http, submit, claimOne, registry, clock, signal }) => {
      await submit();
      await submit();
      await submit({ type: 'test.other', dueAt: new Date(clock.now().getTime() + 60_000) });
      await claimOne();
      await registry.report({ name: 'w1', concurrency: 4, running: 1, aliveMs: 15_000 }, signal);

      const answer = await http.get('/scheduler');

      const now = '2026-01-01T00:00:00.000Z';
      expect(answer.body).to.deep.equal({
        state: 'running',
        paused: null,
        workers: [{ name: 'w1', concurrency: 4, running: 1, since: now, seenAt: now }],
        types: [
          { type: 'test.other', waiting: 1, running: 0 },
          { type: 'test.run', waiting: 1, running: 1 },
        ],
        waiting: 2,
        running: 1,
        oldestWaiting: now,
        capacity: 100_000,
      });
    }),
  );

  it(
    'pause and resume, which nobody minds twice',
    t.test(async ({ http, submit, claimOne }) => {
      await submit();

      const pauses = [await http.post('/scheduler/pause'), await http.post('/scheduler/pause')];
      const paused = [(await http.get('/scheduler')).body['state'], await claimOne()];
      const resumes = [await http.post('/scheduler/resume'), await http.post('/scheduler/resume')];
      const resumed = [(await http.get('/scheduler')).body['state'], (await claimOne())?.attempt];

      expect([...pauses, ...resumes].map(({ status }) => status)).to.deep.equal([204, 204, 204, 204]);
      expect([paused, resumed]).to.deep.equal([
        ['paused', undefined],
        ['running', 1],
      ]);
    }),
  );
});
