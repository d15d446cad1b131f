import { contract } from '#kernel/testing';
import type { JobId } from '#scheduling/domain';
import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { EndedJobs } from '../ports/ended-jobs.ts';
import type { JobHistory } from '../ports/job-history.ts';
import { startQueue, type QueueUnderTest } from './queue-under-test.ts';

export type EndedJobsUnderTest = QueueUnderTest & {
  readonly ended: EndedJobs;
  readonly history: JobHistory;
  /** Has a schedule whose latest job is this one. */
  readonly scheduled: (lastJobId: JobId) => Promise<void>;
};

const DAY_MS = 86_400_000;
const afterADay = { forMs: DAY_MS, limit: 10 };

/** What every {@link EndedJobs} promises. */
export const endedJobsContract = contract(EndedJobs, (open: () => EndedJobsUnderTest) => {
  function start(under: EndedJobsUnderTest) {
    const started = startQueue(under);
    const { queue, reader, ended, signal } = under;
    return {
      ...started,
      ...under,
      cancelled: async (count: number): Promise<readonly JobId[]> => {
        const ids: JobId[] = [];
        for (let n = 0; n < count; n += 1) {
          const id = await started.submit();
          await queue.cancel({ id, by: 'ada', reason: null }, signal);
          ids.push(id);
        }
        return ids;
      },
      remove: (which = afterADay) => ended.remove(which, signal),
      left: async () => (await reader.page({ sort: 'submittedAt', limit: 50 }, signal)).map(({ id }) => id),
    };
  }

  it('takes away what has been over for so long, however it ended, with its history', async () => {
    const { cancelled, submit, claimOne, queue, history, remove, left, clock, signal } = start(open());
    await cancelled(1);
    await submit();
    await queue.complete((await claimOne()).lease, null, signal);
    await submit();
    await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: null }, signal);
    await clock.advance(DAY_MS);

    const removed = await remove();

    expect([removed, await left()]).to.deep.equal([3, []]);
    expect(await history.all({ limit: 10 }, signal)).to.deep.equal([]);
  });

  it('leaves what waits, what runs, and what is not over for long enough', async () => {
    const { cancelled, submit, claimOne, remove, left, clock } = start(open());
    const running = await submit();
    await claimOne();
    const waiting = await submit();
    await clock.advance(DAY_MS);
    const [young] = await cancelled(1);
    await clock.advance(DAY_MS - 1);

    const removed = await remove();

    expect([removed, await left()]).to.deep.equal([0, [running, waiting, young]]);
  });

  it('takes those first that ended first, and no more than it is asked for', async () => {
    const { cancelled, remove, left, clock } = start(open());
    const [, , last] = await cancelled(3);
    await clock.advance(DAY_MS);

    const removed = await remove({ ...afterADay, limit: 2 });

    expect([removed, await left()]).to.deep.equal([2, [last]]);
  });

  it('leaves the latest job of each schedule', async () => {
    const { cancelled, scheduled, remove, left, clock } = start(open());
    const [, latest] = await cancelled(2);
    await scheduled(latest!);
    await clock.advance(DAY_MS);

    await remove();

    expect(await left()).to.deep.equal([latest]);
  });

  it('gives the key back of what it takes away', async () => {
    const { submit, queue, remove, left, clock, signal } = start(open());
    const id = await submit({ idempotencyKey: 'once' });
    await queue.cancel({ id, by: 'ada', reason: null }, signal);
    await clock.advance(DAY_MS);
    await remove();

    const again = await submit({ idempotencyKey: 'once' });

    expect(await left()).to.deep.equal([again]);
  });

  it('takes each job away for one of four that come by at once', async () => {
    const { cancelled, remove, left, clock, database } = start(open());
    await cancelled(4);
    await clock.advance(DAY_MS);

    const rounds = await race(4, () => remove({ ...afterADay, limit: 1 }), { ...(database && { on: database }) });

    rounds.expect({ fulfilled: 4 });
    expect([rounds.values, await left()]).to.deep.equal([[1, 1, 1, 1], []]);
  });

  it('takes nothing away for a caller that has given up', async () => {
    const { cancelled, ended, left, clock } = start(open());
    const ids = await cancelled(1);
    await clock.advance(DAY_MS);
    const reason = new Error('gave up');

    const refused = await ended.remove(afterADay, AbortSignal.abort(reason)).catch((error: unknown) => error);

    expect([refused, await left()]).to.deep.equal([reason, ids]);
  });
});
