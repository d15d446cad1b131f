import { contract } from '#kernel/testing';
import { expect } from 'chai';
import { SchedulerControl } from '../ports/scheduler-control.ts';
import { WorkerRegistry } from '../ports/worker-registry.ts';
import { startQueue, type QueueUnderTest } from './queue-under-test.ts';

export type SchedulerUnderTest = QueueUnderTest & { readonly registry: WorkerRegistry };

/** What every {@link SchedulerControl} promises. */
export const schedulerControlContract = contract(SchedulerControl, (open: () => SchedulerUnderTest) => {
  it('has nothing to tell of an empty queue', async () => {
    const { control, capacity, signal } = open();

    const state = await control.state(signal);

    expect(state).to.deep.equal({ paused: null, workers: [], types: [], oldestWaiting: null, capacity });
  });

  it('counts what waits and runs by type, and tells since when the oldest waits that is due', async () => {
    const under = open();
    const { control, queue, clock, signal } = under;
    const { submit, claimOne } = startQueue(under);
    const at = (ms: number): Date => new Date(clock.now().getTime() + ms);
    await queue.complete((await submit(), await claimOne()).lease, null, signal);
    await submit({ dueAt: at(-9_000) });
    await claimOne();
    await submit({ dueAt: at(-5_000) });
    await submit({ type: 'test.other', dueAt: at(-3_000) });
    await submit({ type: 'test.other', dueAt: at(60_000) });

    const { types, oldestWaiting } = await control.state(signal);

    expect(types).to.deep.equal([
      { type: 'test.other', waiting: 2, running: 0 },
      { type: 'test.run', waiting: 1, running: 1 },
    ]);
    expect(oldestWaiting).to.deep.equal(at(-5_000));
  });

  it('keeps who paused it first, until it is resumed', async () => {
    const { control, clock, signal } = open();
    const since = clock.now();
    await control.pause('ada', signal);
    await clock.advance(1_000);
    await control.pause('bob', signal);
    const paused = await control.state(signal);

    await control.resume(signal);
    await control.resume(signal);

    expect(paused.paused).to.deep.equal({ by: 'ada', since });
    expect((await control.state(signal)).paused).to.equal(null);
  });

  it('does nothing for a caller that has given up', async () => {
    const { control, signal } = open();
    const reason = new Error('gave up');
    const aborted = AbortSignal.abort(reason);

    const calls = [control.pause('ada', aborted), control.state(aborted)];

    const refusals = await Promise.all(calls.map((call) => call.catch((error: unknown) => error)));
    expect(refusals).to.deep.equal([reason, reason]);
    expect((await control.state(signal)).paused).to.equal(null);
  });
});

/** What every {@link WorkerRegistry} promises; the control is there to look at it. */
export const workerRegistryContract = contract(WorkerRegistry, (open: () => SchedulerUnderTest) => {
  const report = { name: 'w1', concurrency: 4, running: 0, aliveMs: 15_000 };

  it('shows each worker as it has told last, by name', async () => {
    const { control, registry, clock, signal } = open();
    const since = clock.now();
    await registry.report({ ...report, name: 'w2' }, signal);
    await registry.report(report, signal);
    await clock.advance(5_000);

    await registry.report({ ...report, concurrency: 5, running: 3 }, signal);

    expect((await control.state(signal)).workers).to.deep.equal([
      { name: 'w1', concurrency: 5, running: 3, since, seenAt: clock.now() },
      { name: 'w2', concurrency: 4, running: 0, since, seenAt: since },
    ]);
  });

  it('takes a worker for dead that was not heard of for as long as it said', async () => {
    const { control, registry, clock, signal } = open();
    await registry.report(report, signal);
    await clock.advance(14_999);
    const before = (await control.state(signal)).workers.length;
    await clock.advance(1);

    expect([before, (await control.state(signal)).workers.length]).to.deep.equal([1, 0]);
  });

  it('forgets a worker that leaves, and none that it does not know', async () => {
    const { control, registry, signal } = open();
    await registry.report(report, signal);

    await registry.leave('w2', signal);
    const before = (await control.state(signal)).workers.length;
    await registry.leave('w1', signal);

    expect([before, (await control.state(signal)).workers.length]).to.deep.equal([1, 0]);
  });

  it('keeps nothing of a caller that has given up', async () => {
    const { control, registry, signal } = open();
    const reason = new Error('gave up');

    const refused = await registry.report(report, AbortSignal.abort(reason)).catch((error: unknown) => error);

    expect(refused).to.equal(reason);
    expect((await control.state(signal)).workers).to.deep.equal([]);
  });
});
