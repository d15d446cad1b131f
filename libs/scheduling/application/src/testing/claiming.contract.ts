import { expect } from 'chai';
import { err, ok } from '#kernel';
import type { JobId } from '#scheduling/domain';
import { race } from '#testing/concurrency';
import { oneClaim, type StartedQueue } from './queue-under-test.ts';

type Start = () => StartedQueue;

export function itClaims(start: Start): void {
  it('hands out a job with all its worker needs', async () => {
    const { submit, claim, find } = start();
    const id = await submit({ payload: { device: 'r1', nested: [1, null, 'a\u0000b'] }, timeoutMs: 2_000 });

    const [job] = await claim();

    const payload = { device: 'r1', nested: [1, null, 'a\u0000b'] };
    const lease = { jobId: id, token: 1 };
    const limits = { timeoutMs: 2_000, remainingMs: null, heartbeatTimeoutMs: null };
    expect(job).to.deep.equal({ id, type: 'test.run', payload, attempt: 1, ...limits, lease });
    expect(await find(id)).to.include({ state: 'running', worker: 'w1', attempt: 1 });
  });

  it('takes the higher priority first, then the earlier due time, then the lower id', async () => {
    const { clock, submit, claim } = start();
    const now = clock.now().getTime();
    const lowest = await submit({ priority: 1, dueAt: new Date(now - 9_000) });
    const late = await submit({ priority: 5, dueAt: new Date(now - 1_000) });
    const early = await submit({ priority: 5, dueAt: new Date(now - 2_000) });
    const twin = await submit({ priority: 5, dueAt: new Date(now - 2_000) });
    const urgent = await submit({ priority: 9, dueAt: new Date(now) });

    const order = [...(await claim({ limit: 2 })), ...(await claim({ limit: 10 }))];

    expect(order.map(({ id }) => id)).to.deep.equal([urgent, early, twin, late, lowest]);
  });

  it('leaves a job alone until it is due', async () => {
    const { clock, submit, claim } = start();
    const id = await submit({ priority: 9, dueAt: new Date(clock.now().getTime() + 1_000) });

    await clock.advance(999);
    const before = await claim();
    await clock.advance(1);
    const then = await claim();

    expect(before).to.deep.equal([]);
    expect(then.map((job) => job.id)).to.deep.equal([id]);
  });

  it('leaves types alone that were not asked for', async () => {
    const { submit, claim } = start();
    await submit({ type: 'from.another.version', priority: 9 });
    const id = await submit();

    const jobs = await claim();

    expect(jobs.map((job) => job.id)).to.deep.equal([id]);
  });

  it('takes only those that are named, by the same rules', async () => {
    const { clock, submit, claim } = start();
    await submit({ priority: 9 });
    const [late, early] = [await submit({ priority: 1 }), await submit({ priority: 5 })];
    const undue = await submit({ dueAt: new Date(clock.now().getTime() + 1_000) });
    const foreign = await submit({ type: 'from.another.version' });

    const jobs = await claim({ only: [undue, foreign, late, early] });
    const none = await claim({ only: [] });

    expect(jobs.map(({ id }) => id)).to.deep.equal([early, late]);
    expect(none).to.deep.equal([]);
  });

  it('gives a job to one of eight workers that want it at once', async () => {
    const { queue, submit, find, database } = start();

    // Again and again: in the first race those that have to open a connection come too late to see anything.
    for (let round = 0; round < 10; round += 1) {
      const id = await submit();

      const outcomes = await race(
        8,
        async ({ name, signal }) => {
          const [job] = await queue.claim({ ...oneClaim, worker: name }, signal);
          return job === undefined ? err({ kind: 'NothingToClaim' }) : ok(job.lease);
        },
        { on: database },
      );

      outcomes.expect({ fulfilled: 1, 'refused NothingToClaim': 7 });
      const { racer, value } = outcomes.winner();
      expect(value).to.deep.equal({ jobId: id, token: 1 });
      expect(await find(id)).to.include({ state: 'running', worker: racer, attempt: 1 });
    }
  });

  it('gives no job to two of eight that ask at once', async () => {
    const { submit, claim, database } = start();
    const ids: JobId[] = [];
    for (let n = 0; n < 40; n += 1) ids.push(await submit());

    const rounds = await race(8, async () => [...(await claim({ limit: 3 })), ...(await claim({ limit: 3 }))], {
      on: database,
    });
    rounds.expect({ fulfilled: 8 });
    const claimed = rounds.values.flat().map(({ id }) => id);

    const rest = (await claim({ limit: 40 })).map(({ id }) => id);
    expect([...claimed, ...rest].sort()).to.deep.equal(ids);
  });

  it('claims nothing for a caller that has given up', async () => {
    const { queue, submit, find } = start();
    const id = await submit();
    const reason = new Error('gave up');

    const refused = await queue.claim(oneClaim, AbortSignal.abort(reason)).catch((error: unknown) => error);

    expect(refused).to.equal(reason);
    expect(await find(id)).to.include({ state: 'queued', attempt: 0 });
  });

  it('is answered or without effect when the caller gives up in the middle', async () => {
    const { queue, submit, find } = start();
    const id = await submit();
    const caller = new AbortController();

    const claiming = queue.claim(oneClaim, caller.signal).catch(() => []);
    caller.abort(new Error('gave up'));
    const jobs = await claiming;

    const state = jobs.length === 0 ? 'queued' : 'running';
    expect(await find(id)).to.include({ state, attempt: jobs.length });
  });
}
