import { ok } from '#kernel';
import { NO_PROGRESS, PAST_DEADLINE } from '#scheduling/domain';
import { expect } from 'chai';
import { WorkerTest } from '../testing/worker-test.ts';
import type { Handle } from '../testing/worker-under-test.ts';

const t = WorkerTest.install();

/** Goes on until it is asked to end, and then ends as it was asked to. */
const obedient: Handle = (_, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
/** Goes on for ever, whatever it is asked. */
const deaf: Handle = () => new Promise(() => {});

describe('an attempt at a job that is cancelled, or runs out of time,', () => {
  it(
    'is asked to end as soon as its worker hears of the cancellation',
    t.test(async ({ employ, clock, signal }) => {
      const worker = employ(obedient);
      const id = await worker.submit();
      await worker.start();

      await worker.queue.cancel({ id, by: 'ada', reason: null }, signal);
      await clock.advance(0);

      expect(await worker.find(id)).to.include({ state: 'cancelled', attempt: 1 });
      expect(worker.journal.kinds).to.include('JobCancelled');
    }),
  );

  it(
    'is asked to end by the next heartbeat when nobody tells of the cancellation',
    t.test(async ({ employ, clock, signal }) => {
      const worker = employ(obedient, { deafToNotices: true });
      const id = await worker.submit();
      await worker.start();
      await worker.queue.cancel({ id, by: 'ada', reason: null }, signal);

      await clock.advance(4_999);
      const before = (await worker.find(id))?.state;
      await clock.advance(1);

      expect([before, (await worker.find(id))?.state]).to.deep.equal(['running', 'cancelled']);
    }),
  );

  it(
    'gives its place to another job when it does not end, and is cancelled all the same',
    t.test(async ({ employ, clock, signal }) => {
      const worker = employ((job, ...rest) => (job.payload === 'deaf' ? deaf(job, ...rest) : Promise.resolve(ok(1))), {
        concurrency: 1,
      });
      const id = await worker.submit({ payload: 'deaf' });
      await worker.start();
      const next = await worker.submit({ payload: 'next' });
      await worker.queue.cancel({ id, by: 'ada', reason: null }, signal);

      await clock.advance(5_000);
      await clock.advance(250);

      expect(await worker.find(id)).to.include({ state: 'cancelled' });
      expect(await worker.find(next)).to.include({ state: 'succeeded' });
      expect(worker.journal.kinds).to.include('HandlerIgnoredAbort');
    }),
  );

  it(
    'ends at the deadline of the whole job, without another attempt',
    t.test(async ({ employ, clock }) => {
      const worker = employ(obedient);
      const id = await worker.submit({ deadlineMs: 8_000, timeoutMs: 60_000 });
      await worker.start();

      await clock.advance(8_000);

      expect(await worker.find(id)).to.deep.include({
        state: 'failed',
        failure: { reason: PAST_DEADLINE },
        attempt: 1,
      });
    }),
  );

  it(
    'ends when it makes no progress for longer than it may, and is tried again',
    t.test(async ({ employ, clock }) => {
      const worker = employ((_job, signal, run) => {
        run.progress({ step: 'begun' });
        return obedient(_job, signal, run);
      });
      const id = await worker.submit({ heartbeatTimeoutMs: 4_000 });
      await worker.start();

      await clock.advance(3_999);
      const before = (await worker.find(id))?.state;
      await clock.advance(1);

      expect(before).to.equal('running');
      expect(await worker.find(id)).to.deep.include({ state: 'queued', failure: { reason: NO_PROGRESS }, attempt: 1 });
    }),
  );

  it(
    'goes on as long as it makes progress, of which the queue is told once a second',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async (_job, signal, run) => {
        for (let done = 1; done <= 100; done += 1) {
          run.progress({ step: 'on', done, total: 100 });
          await clock.sleep(100, signal);
        }
        return ok('done');
      });
      const id = await worker.submit({ heartbeatTimeoutMs: 4_000 });
      await worker.start();

      await clock.advance(9_900);
      const progress = (await worker.find(id))?.progress;
      await clock.advance(200);

      expect(progress?.done).to.be.within(85, 100);
      expect(await worker.find(id)).to.include({ state: 'succeeded' });
      expect(worker.toldOf(id)).to.be.within(8, 12);
    }),
  );
});
