import { expectErr, expectOk } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { JobBuilder } from './job-builder.ts';
import type { StartedQueue } from './queue-under-test.ts';

type Start = () => StartedQueue;
const keyed = { idempotencyKey: 'once' };

export function itTakesIn(start: Start): void {
  it('answers the id of the job that has the key already', async () => {
    const { queue, clock, submit, claimOne, reader, signal } = start();
    const id = await submit(keyed);
    const build = new JobBuilder(clock.now());
    build.queued();

    const waiting = expectOk(await queue.submit(build.queued(keyed), signal));
    await queue.complete((await claimOne()).lease, null, signal);
    const ended = expectOk(await queue.submit(build.queued(keyed), signal));

    expect([waiting, ended]).to.deep.equal([id, id]);
    expect(await reader.page({ limit: 10 }, signal)).to.have.lengthOf(1);
  });

  it('refuses the key of a job of another type or payload', async () => {
    const { queue, clock, submit, reader, signal } = start();
    const id = await submit(keyed);
    const build = new JobBuilder(clock.now());
    build.queued();

    const refusals = [
      await queue.submit(build.queued({ ...keyed, type: 'test.other' }), signal),
      await queue.submit(build.queued({ ...keyed, payload: 'other' }), signal),
    ].map(expectErr);

    const reused = { kind: 'KeyReused', key: 'once', id };
    expect(refusals).to.deep.equal([reused, reused]);
    expect(await reader.page({ limit: 10 }, signal)).to.have.lengthOf(1);
  });

  it('makes one job of eight requests with one key at once', async () => {
    const { queue, clock, reader, database, signal } = start();
    const build = new JobBuilder(clock.now());
    const jobs = Array.from({ length: 8 }, () => build.queued(keyed));

    const answers = await race(8, (racer) => queue.submit(jobs.pop()!, racer.signal), { on: database });

    answers.expect({ fulfilled: 8 });
    const ids = new Set(answers.values);
    expect([...ids]).to.deep.equal((await reader.page({ limit: 10 }, signal)).map(({ id }) => id));
    expect(ids.size).to.equal(1);
  });
}

export function itKeepsToItsCapacity(start: Start): void {
  const full = async ({ capacity, submit }: StartedQueue, but = 0) => {
    for (let n = but; n < capacity; n += 1) await submit();
  };

  it('takes as many jobs as its capacity at once, and refuses the others', async () => {
    const under = start();
    const { queue, clock, capacity, reader, database, signal } = under;
    await full(under, 3);
    const build = new JobBuilder(clock.now());
    for (let n = 0; n < capacity; n += 1) build.queued();
    const jobs = Array.from({ length: 8 }, () => build.queued());

    const answers = await race(8, (racer) => queue.submit(jobs.pop()!, racer.signal), { on: database });

    answers.expect({ fulfilled: 3, 'refused QueueFull': 5 });
    expect(await reader.page({ limit: 100 }, signal)).to.have.lengthOf(capacity);
  });

  it('has no room for the retry of a job, until another one has ended', async () => {
    const under = start();
    const { queue, submit, claimOne, capacity, signal } = under;
    const id = await submit();
    await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: null }, signal);
    await full(under);
    const again = { id, by: 'ada', attempts: 1 };

    const refused = await queue.retry(again, signal);
    await queue.complete((await claimOne()).lease, null, signal);
    const taken = await queue.retry(again, signal);

    expect(expectErr(refused)).to.deep.equal({ kind: 'QueueFull', capacity });
    expectOk(taken);
  });

  it('keeps the place of a job that comes back to the queue', async () => {
    const under = start();
    const { queue, submit, claimOne, clock, signal } = under;
    await submit();
    const { lease } = await claimOne();
    await full(under, 1);

    await queue.fail(lease, { reason: 'No.', retryInMs: 0 }, signal);
    const refused = await queue.submit(new JobBuilder(clock.now()).queued(), signal);

    expect(expectErr(refused).kind).to.equal('QueueFull');
  });
}
