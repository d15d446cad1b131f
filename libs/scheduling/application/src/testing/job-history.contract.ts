import { contract } from '#kernel/testing';
import type { JobEvent, JobId } from '#scheduling/domain';
import { expect } from 'chai';
import { JobHistory, type KeptEvent } from '../ports/job-history.ts';
import { leaseMs, startQueue, type QueueUnderTest } from './queue-under-test.ts';

export type HistoryUnderTest = QueueUnderTest & {
  readonly history: JobHistory;
  /** Waits until the probe answers true: events of all jobs may be held back for a while. */
  readonly until: (what: string, probe: () => Promise<boolean>) => Promise<void>;
};

const kindsOf = (events: readonly JobEvent[]) => events.map(({ kind }) => kind);

/** What every {@link JobHistory} promises; the queue is there to fill it. */
export const jobHistoryContract = contract(JobHistory, (open: () => HistoryUnderTest) => {
  const start = () => {
    const under = open();
    const { history, until, signal } = under;
    /** All that is to be read after a cursor, once there are as many. */
    const all = async (count: number, after?: KeptEvent['cursor']) => {
      let events: readonly KeptEvent[] = [];
      await until(`${count} events`, async () => {
        events = await history.all({ limit: 100, ...(after && { after }) }, signal);
        return events.length >= count;
      });
      return events;
    };
    return { ...under, ...startQueue(under), all };
  };

  it('tells the life of a job, each event with its time, attempt, worker and reason', async () => {
    const { queue, history, clock, submit, claimOne, signal } = start();
    const id = await submit({ maxAttempts: 2 });
    await queue.fail((await claimOne()).lease, { reason: 'Unreachable.', retryInMs: 0 }, signal);
    await clock.advance(1_000);
    const { lease } = await claimOne();
    await queue.tell(lease, { step: 'halfway' }, signal);
    await queue.complete(lease, 'done', signal);

    const events = await history.ofJob(id, { limit: 100 }, signal);

    const told = events.map(({ at, kind, state, attempt, worker, reason, progress }) => {
      return [at.getTime() - clock.now().getTime(), kind, state, attempt, worker, reason ?? progress];
    });
    expect(told).to.deep.equal([
      [-1_000, 'submitted', 'queued', 0, null, null],
      [-1_000, 'claimed', 'running', 1, 'w1', null],
      [-1_000, 'failed', 'queued', 1, 'w1', 'Unreachable.'],
      [0, 'claimed', 'running', 2, 'w1', null],
      [0, 'progressed', 'running', 2, 'w1', { step: 'halfway' }],
      [0, 'succeeded', 'succeeded', 2, 'w1', null],
    ]);
  });

  it('tells who cancelled a job and who had it done again', async () => {
    const { queue, history, clock, submit, claimOne, signal } = start();
    const id = await submit();
    await queue.cancel({ id, by: 'ada', reason: 'a mistake' }, signal);
    await queue.retry({ id, by: 'bob', attempts: 1 }, signal);
    await queue.release((await claimOne()).lease, signal);
    await claimOne();
    await queue.cancel({ id, by: 'eve', reason: null }, signal);
    await queue.cancel({ id, by: 'too late', reason: null }, signal);
    await clock.advance(leaseMs);
    await queue.sweepExpired(10, signal);

    const events = await history.ofJob(id, { limit: 100 }, signal);

    expect(events.map(({ kind, state, by }) => [kind, state, by])).to.deep.equal([
      ['submitted', 'queued', null],
      ['cancelled', 'cancelled', 'ada'],
      ['retried', 'queued', 'bob'],
      ['claimed', 'running', null],
      ['handedBack', 'queued', null],
      ['claimed', 'running', null],
      ['cancelRequested', 'running', 'eve'],
      ['cancelled', 'cancelled', null],
    ]);
  });

  it('keeps the order of more than nine events of a job, page by page', async () => {
    const { queue, history, submit, claimOne, signal } = start();
    const id = await submit();
    for (let n = 0; n < 6; n += 1) await queue.release((await claimOne()).lease, signal);

    const first = await history.ofJob(id, { limit: 8 }, signal);
    const second = await history.ofJob(id, { limit: 8, after: first.at(-1)!.cursor }, signal);

    const pairs = Array.from({ length: 6 }, () => ['claimed', 'handedBack'] as const);
    expect([first, second].map(({ length }) => length)).to.deep.equal([8, 5]);
    expect(kindsOf([...first, ...second])).to.deep.equal(['submitted', ...pairs.flat()]);
  });

  it('has nothing of a change that was refused or came too late', async () => {
    const { queue, history, submit, claimOne, signal } = start();
    const id = await submit();
    const { lease } = await claimOne();
    await queue.complete(lease, 'done', signal);
    await queue.complete(lease, 'again', signal).catch(() => undefined);
    await queue.cancel({ id, by: 'ada', reason: null }, signal);
    await queue.retry({ id, by: 'ada', attempts: 1 }, signal);

    expect(kindsOf(await history.ofJob(id, { limit: 100 }, signal))).to.deep.equal([
      'submitted',
      'claimed',
      'succeeded',
    ]);
  });

  it('tells of all jobs what came after a cursor, each event once', async () => {
    const { queue, submit, claimOne, all } = start();
    const ids: JobId[] = [await submit(), await submit()];
    const first = await all(2);
    const { lease, id } = await claimOne();
    await queue.complete(lease, null, new AbortController().signal);

    const second = await all(2, first.at(-1)!.cursor);

    expect(first.map(({ jobId }) => jobId)).to.deep.equal(ids);
    expect(first.map(({ type }) => type)).to.deep.equal(['test.run', 'test.run']);
    expect(second.map(({ jobId, kind }) => [jobId, kind])).to.deep.equal([
      [id, 'claimed'],
      [id, 'succeeded'],
    ]);
    expect(new Set([...first, ...second].map(({ cursor }) => cursor)).size).to.equal(4);
  });

  it('begins behind its end with what is new', async () => {
    const { history, submit, all, signal } = start();
    await submit();
    await all(1);
    const end = await history.end(signal);
    const id = await submit();

    const events = await all(1, end);

    expect(events.map(({ jobId }) => jobId)).to.deep.equal([id]);
  });

  it('reads nothing for a caller that has given up', async () => {
    const { history, submit } = start();
    const id = await submit();
    const reason = new Error('gave up');
    const aborted = AbortSignal.abort(reason);

    const reads = [history.ofJob(id, { limit: 1 }, aborted), history.all({ limit: 1 }, aborted), history.end(aborted)];

    const refusals = await Promise.all(reads.map((read) => read.catch((error: unknown) => error)));
    expect(refusals).to.deep.equal([reason, reason, reason]);
  });
});
