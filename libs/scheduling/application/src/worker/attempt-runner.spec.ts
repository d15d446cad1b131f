import { expect } from 'chai';
import sinon from 'sinon';
import { DeadlineExceeded, err, ok } from '#kernel';
import { LeaseLost, type JobAttempt } from '#scheduling/contracts';
import { WorkerTest } from '../testing/worker-test.ts';

const never = (): Promise<never> => new Promise(() => {});

/** Ends with the reason of its signal, and tells it. */
function obedient() {
  const seen: { reason?: unknown; attempt?: JobAttempt } = {};
  const handle = (attempt: JobAttempt, stop: AbortSignal): Promise<never> => {
    seen.attempt = attempt;
    return new Promise((_, reject) =>
      stop.addEventListener('abort', () => {
        seen.reason = stop.reason;
        reject(stop.reason);
      }),
    );
  };
  return { seen, handle };
}

const t = WorkerTest.install();

describe('an attempt', () => {
  it(
    'that failed is repeated after a pause, as long as attempts are left',
    t.test(async ({ employ, clock }) => {
      const worker = employ(async () => err({ reason: 'Unreachable.', retry: true }));
      const id = await worker.submit({ maxAttempts: 2 });
      await worker.start();

      const first = await worker.find(id);
      await clock.advance(10_000);

      expect(first).to.deep.include({ state: 'queued', attempt: 1, failure: { reason: 'Unreachable.' } });
      expect(await worker.find(id)).to.deep.include({
        state: 'failed',
        attempt: 2,
        failure: { reason: 'Unreachable.' },
      });
      expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'AttemptFailed', 'AttemptBegan', 'JobFailed']);
    }),
  );

  it(
    'that failed for good is not repeated',
    t.test(async ({ employ }) => {
      const worker = employ(async () => err({ reason: 'No such device.', retry: false }));
      const id = await worker.submit();

      await worker.start();

      expect(await worker.find(id)).to.deep.include({
        state: 'failed',
        attempt: 1,
        failure: { reason: 'No such device.' },
      });
    }),
  );

  it(
    'whose handler threw counts as one that may be repeated, and the error is told',
    t.test(async ({ employ }) => {
      const defect = new Error('first line\nsecond line');
      const worker = employ(() => {
        throw defect;
      });
      const id = await worker.submit();

      await worker.start();

      const failure = { reason: 'first line second line' };
      expect(await worker.find(id)).to.deep.include({ state: 'queued', attempt: 1, failure });
      expect(worker.journal.events).to.deep.include({
        kind: 'HandlerThrew',
        error: defect,
        jobId: id,
        type: 'test.run',
        attempt: 1,
      });
    }),
  );

  it(
    'keeps its lease as long as it goes on',
    t.test(async ({ employ, clock }) => {
      const end = Promise.withResolvers<void>();
      const worker = employ(async () => {
        await end.promise;
        return ok(null);
      });
      const id = await worker.submit();
      await worker.start();

      await clock.advance(150_000);
      end.resolve();
      await clock.advance(0);

      expect(await worker.find(id)).to.include({ state: 'succeeded', attempt: 1 });
    }),
  );

  it(
    'that takes too long is asked to end, and may be repeated',
    t.test(async ({ employ, clock }) => {
      const { seen, handle } = obedient();
      const worker = employ(handle);
      const id = await worker.submit({ timeoutMs: 30_000 });
      await worker.start();

      await clock.advance(30_000);

      expect(seen.reason).to.be.instanceOf(DeadlineExceeded);
      const failure = { reason: 'It took longer than 30 seconds.' };
      expect(await worker.find(id)).to.deep.include({ state: 'queued', attempt: 1, failure });
    }),
  );

  it(
    'that was finished just after its time still counts',
    t.test(async ({ employ, clock }) => {
      const worker = employ(
        (_, stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve(ok('late but done')))),
      );
      const id = await worker.submit({ timeoutMs: 30_000 });
      await worker.start();

      await clock.advance(30_000);

      expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'late but done' });
    }),
  );

  it(
    'whose handler does not end loses its place and its lease',
    t.test(async ({ employ, clock, signal }) => {
      const attempts: JobAttempt[] = [];
      const worker = employ(
        (attempt) => {
          attempts.push(attempt);
          return attempts.length === 1 ? never() : Promise.resolve(ok('second'));
        },
        { concurrency: 1, patienceMs: 5_000 },
      );
      const id = await worker.submit({ timeoutMs: 30_000 });
      await worker.start();

      await clock.advance(45_000);
      const late = await worker.queue.complete(attempts[0]!.lease, 'first', signal).catch((error: unknown) => error);

      expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'second', attempt: 2 });
      expect(worker.journal.kinds).to.include('HandlerIgnoredAbort');
      expect(late).to.be.instanceOf(LeaseLost);
    }),
  );

  describe('whose lease is lost', () => {
    it(
      'is asked to end, and writes nothing',
      t.test(async ({ employ, clock, signal }) => {
        const { seen, handle } = obedient();
        const worker = employ(handle, { concurrency: 1 });
        const id = await worker.submit();
        await worker.start();
        await worker.queue.complete(seen.attempt!.lease, 'by another hand', signal);

        await clock.advance(5_000);

        expect(seen.reason).to.be.instanceOf(LeaseLost);
        expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'by another hand' });
        expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
      }),
    );

    it(
      'is over when its handler finds out first',
      t.test(async ({ employ, signal }) => {
        const worker = employ(async ({ lease }) => {
          await worker.queue.complete(lease, 'by another hand', signal);
          throw new LeaseLost(lease);
        });
        const id = await worker.submit();

        await worker.start();

        expect(await worker.find(id)).to.include({ result: 'by another hand' });
        expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
      }),
    );

    it(
      'is asked to end when the queue was not reached for the whole lease',
      t.test(async ({ employ, clock }) => {
        const { seen, handle } = obedient();
        const worker = employ(handle, { leaseMs: 15_000 });
        sinon.stub(worker.queue, 'sweepExpired').resolves([]);
        await worker.submit();
        await worker.start();
        sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));

        await clock.advance(14_999);
        const before = seen.reason;
        await clock.advance(1);

        expect(before).to.equal(undefined);
        expect(seen.reason).to.be.instanceOf(LeaseLost);
        expect(worker.journal.kinds).to.deep.equal(['AttemptBegan', 'LeaseLost']);
      }),
    );

    it(
      'still counts when it was done and no other worker has the job',
      t.test(async ({ employ, clock }) => {
        const worker = employ(
          (_, stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve(ok('done')))),
          { leaseMs: 15_000 },
        );
        sinon.stub(worker.queue, 'sweepExpired').resolves([]);
        sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));
        const id = await worker.submit();
        await worker.start();

        await clock.advance(15_000);

        expect(await worker.find(id)).to.include({ state: 'succeeded', result: 'done' });
      }),
    );

    it(
      'is not lost by one heartbeat that failed',
      t.test(async ({ employ, clock }) => {
        const { seen, handle } = obedient();
        const worker = employ(handle, { leaseMs: 15_000 });
        await worker.submit();
        await worker.start();
        const heartbeat = sinon.stub(worker.queue, 'heartbeat').rejects(new Error('connection refused'));

        await clock.advance(5_000);
        heartbeat.restore();
        await clock.advance(100_000);

        expect(seen.reason).to.equal(undefined);
      }),
    );
  });
});
