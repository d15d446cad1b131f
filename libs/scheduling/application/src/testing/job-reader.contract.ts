import { expect } from 'chai';
import { contract, sequentialId } from '#kernel/testing';
import type { JobId } from '#scheduling/domain';
import { JobReader, jobSorts } from '../ports/job-reader.ts';
import { JobBuilder } from './job-builder.ts';
import type { QueueUnderTest } from './queue-under-test.ts';

/** What every `JobReader` promises; the queue is there to fill it. */
export const jobReaderContract = contract(JobReader, (open: () => QueueUnderTest) => {
  async function withJobs(count: number) {
    const { queue, reader, clock, signal } = open();
    const build = new JobBuilder(clock.now());
    const ids: JobId[] = [];
    for (let n = 0; n < count; n += 1) {
      const job = build.queued({ payload: n });
      await queue.submit(job, signal);
      ids.push(job.snapshot().id);
    }
    return { queue, reader, signal, ids };
  }

  it('shows a job as it was submitted', async () => {
    const { queue, reader, clock, signal } = open();
    const dueAt = new Date(clock.now().getTime() + 60_123);
    const asked = { type: 'test.run', payload: ['x', 1], priority: 0, dueAt, maxAttempts: 20, timeoutMs: 86_400_000 };
    const job = new JobBuilder(clock.now()).queued(asked).snapshot();
    await queue.submit(new JobBuilder(clock.now()).queued(asked), signal);

    const found = await reader.find(job.id, signal);

    expect(found).to.deep.equal(job);
  });

  it('finds nothing where nothing is', async () => {
    const { reader, signal } = await withJobs(1);

    expect(await reader.find(sequentialId(99), signal)).to.equal(null);
  });

  it('pages from the newest to the oldest without gap or repetition', async () => {
    const { reader, ids, signal } = await withJobs(5);

    const first = await reader.page({ limit: 2 }, signal);
    const second = await reader.page({ limit: 2, after: first.at(-1)!.id }, signal);
    const third = await reader.page({ limit: 2, after: second.at(-1)!.id }, signal);

    const seen = [first, second, third].map((page) => page.map(({ id }) => id));
    expect(seen).to.deep.equal([[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]);
  });

  it('pages through one state only', async () => {
    const { queue, reader, ids, signal } = await withJobs(4);
    const claim = { types: ['test.run'], worker: 'w1', limit: 2, leaseMs: 1_000 };
    const running = await queue.claim(claim, signal);
    await queue.complete(running[0]!.lease, null, signal);

    const states = ['queued', 'running', 'succeeded', 'failed'] as const;
    const pages = await Promise.all(states.map((state) => reader.page({ state, limit: 10 }, signal)));

    const seen = pages.map((page) => page.map(({ id }) => id));
    expect(seen).to.deep.equal([[ids[3], ids[2]], [ids[1]], [ids[0]], []]);
  });

  it('pages through jobs in every order it knows, from both ends, without gap or repetition', async () => {
    const { queue, reader, clock, signal } = open();
    const build = new JobBuilder(clock.now());
    const due = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1_000);
    const ids: JobId[] = [];
    for (const [priority, dueAt] of [
      [1, due(3)],
      [9, due(1)],
      [1, due(2)],
      [5, due(1)],
    ] as const) {
      const job = build.queued({ priority, dueAt });
      await queue.submit(job, signal);
      ids.push(job.snapshot().id);
    }
    const order = { submittedAt: [0, 1, 2, 3], dueAt: [1, 3, 2, 0], priority: [0, 2, 3, 1] };

    for (const sort of jobSorts) {
      const seen: JobId[] = [];
      for (let page = await reader.page({ sort, limit: 1 }, signal); page.length > 0 && seen.length < 9;) {
        seen.push(page[0]!.id);
        page = await reader.page({ sort, limit: 1, after: page[0]!.id }, signal);
      }

      const expected = order[sort.replace('-', '') as keyof typeof order].map((index) => ids[index]);
      expect(seen, sort).to.deep.equal(sort.startsWith('-') ? expected.reverse() : expected);
    }
  });

  it('finds jobs of one type whose failure contains a text, whatever its case and signs', async () => {
    const { queue, reader, clock, signal } = open();
    const build = new JobBuilder(clock.now());
    const found: JobId[] = [];
    for (const [type, reason] of [
      ['test.run', '100% of A_B\\C is gone.'],
      ['test.run', '1000 of AxB\\C is gone.'],
      ['test.other', '100% of A_B\\C is gone.'],
    ] as const) {
      await queue.submit(build.queued({ type }), signal);
      const [job] = await queue.claim({ types: [type], worker: 'w1', limit: 1, leaseMs: 1_000 }, signal);
      await queue.fail(job!.lease, { reason, retryInMs: null }, signal);
      if (found.length === 0) found.push(job!.id);
    }

    const page = await reader.page({ type: 'test.run', text: '0% OF a_b\\', limit: 10 }, signal);

    expect(page.map(({ id }) => id)).to.deep.equal(found);
  });

  it('has no page behind a job that is not there', async () => {
    const { reader, signal } = await withJobs(2);

    expect(await reader.page({ after: sequentialId(99), limit: 10 }, signal)).to.deep.equal([]);
  });

  it('reads nothing for a caller that has given up', async () => {
    const { reader, ids } = await withJobs(1);
    const reason = new Error('gave up');
    const aborted = AbortSignal.abort(reason);

    const refusals = await Promise.all([
      reader.find(ids[0]!, aborted).catch((error: unknown) => error),
      reader.page({ limit: 1 }, aborted).catch((error: unknown) => error),
    ]);

    expect(refusals).to.deep.equal([reason, reason]);
  });
});
