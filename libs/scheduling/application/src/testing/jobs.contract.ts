import { expect } from 'chai';
import type { OpenTransaction } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { LeaseLost, type JobsWithin, type Lease } from '#scheduling/contracts';
import type { QueueUnderTest } from './queue-under-test.ts';

/** An engine that knows the type `test.run`, and a way to open transactions that `jobs` can join. */
export type JobsUnderTest = QueueUnderTest & {
  readonly jobs: JobsWithin;
  /** Keeps what `work` did when it resolves, undoes it and rejects likewise when it rejects. */
  readonly inTransaction: <T>(work: (transaction: OpenTransaction) => Promise<T>) => Promise<T>;
};

const signal = new AbortController().signal;
const leaseMs = 15_000;
const request = { type: 'test.run', payload: null };

/** What every `Jobs` promises inside another context's transaction. */
export function itBehavesLikeJobsWithin(open: () => JobsUnderTest): void {
  async function withClaimedJob() {
    const under = open();
    const submitted = await under.inTransaction((transaction) => under.jobs.join(transaction).submit(request));
    const id = expectOk(submitted);
    const claim = () => under.queue.claim({ types: ['test.run'], worker: 'w1', limit: 1, leaseMs }, signal);
    const [job] = await claim();
    return { ...under, id, claim, lease: job!.lease };
  }

  const holdIn = ({ inTransaction, jobs }: JobsUnderTest, lease: Lease): Promise<unknown> =>
    inTransaction((transaction) => jobs.join(transaction).hold(lease)).catch((error: unknown) => error);

  it('submits a job that exists once the transaction is kept', async () => {
    const { inTransaction, jobs, reader, clock } = open();

    const submitted = await inTransaction((transaction) => jobs.join(transaction).submit({ ...request, priority: 7 }));

    const job = await reader.find(expectOk(submitted), signal);
    expect(job).to.deep.include({
      ...request,
      state: 'queued',
      priority: 7,
      submittedAt: clock.now(),
      dueAt: clock.now(),
    });
  });

  it('submits nothing when the transaction is undone', async () => {
    const { inTransaction, jobs, reader } = open();

    const work = inTransaction(async (transaction) => {
      await jobs.join(transaction).submit(request);
      throw new Error('changed its mind');
    });
    const failure = await work.catch((error: unknown) => error);

    expect(failure).to.have.property('message', 'changed its mind');
    expect(await reader.page({ limit: 10 }, signal)).to.deep.equal([]);
  });

  it('lets nobody claim the job before the transaction is kept', async () => {
    const { inTransaction, jobs, queue } = open();

    const claimed = await inTransaction(async (transaction) => {
      await jobs.join(transaction).submit(request);
      return queue.claim({ types: ['test.run'], worker: 'w1', limit: 1, leaseMs }, signal);
    });

    expect(claimed).to.deep.equal([]);
  });

  it('refuses a type that nobody handles, and names those that are', async () => {
    const { inTransaction, jobs, reader } = open();

    const refused = await inTransaction((transaction) =>
      jobs.join(transaction).submit({ type: 'no.such', payload: null }),
    );

    expect(expectErr(refused)).to.deep.equal({ kind: 'UnknownJobType', type: 'no.such', known: ['test.run'] });
    expect(await reader.page({ limit: 10 }, signal)).to.deep.equal([]);
  });

  it('refuses a request that is out of range, and leaves the transaction usable', async () => {
    const { inTransaction, jobs, reader } = open();

    const refused = await inTransaction(async (transaction) => {
      const joined = jobs.join(transaction);
      const outcome = await joined.submit({ ...request, maxAttempts: 21 });
      await joined.submit(request);
      return outcome;
    });

    expect(expectErr(refused)).to.deep.include({ kind: 'InvalidJob', field: 'maxAttempts' });
    expect(await reader.page({ limit: 10 }, signal)).to.have.lengthOf(1);
  });

  it('holds a job for the newest lease', async () => {
    const under = await withClaimedJob();

    const held = await holdIn(under, under.lease);

    expect(held).to.equal(undefined);
  });

  it('does not hold a job for a lease that another claim has replaced', async () => {
    const under = await withClaimedJob();
    await under.queue.release(under.lease, signal);
    await under.claim();

    const refused = await holdIn(under, under.lease);

    expect(refused).to.be.instanceOf(LeaseLost).with.deep.property('lease', under.lease);
  });

  it('does not hold a job that has ended', async () => {
    const under = await withClaimedJob();
    await under.queue.complete(under.lease, 'done', signal);

    const refused = await holdIn(under, under.lease);

    expect(refused).to.be.instanceOf(LeaseLost);
  });

  it('keeps a held job from being taken until the transaction ends', async () => {
    const { inTransaction, jobs, queue, clock, lease, id } = await withClaimedJob();

    const during = await inTransaction(async (transaction) => {
      await jobs.join(transaction).hold(lease);
      await clock.advance(leaseMs);
      return queue.sweepExpired(10, signal);
    });
    const after = await queue.sweepExpired(10, signal);

    expect(during).to.deep.equal([]);
    expect(after.map((job) => job.id)).to.deep.equal([id]);
  });
}
