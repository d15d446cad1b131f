import { expect } from 'chai';
import { Running } from './running.ts';

describe('Running', () => {
  it('waits for all work, and takes its end by the signal for granted', async () => {
    const running = new Running();
    const stop = new AbortController();
    const work = Promise.withResolvers<never>();
    running.add(work.promise, stop.signal);
    let isOver = false;
    const ended = running.ended().then(() => (isOver = true));

    stop.abort();
    await Promise.resolve();
    const before = isOver;
    work.reject(stop.signal.reason);

    expect(await ended).to.equal(true);
    expect(before).to.equal(false);
  });

  it('throws what went wrong by itself', async () => {
    const running = new Running();
    const defect = new Error('a slip');
    running.add(Promise.reject(defect), new AbortController().signal);

    const thrown = await running.ended().catch((error: unknown) => error);

    expect(thrown).to.be.instanceOf(AggregateError).with.property('errors').deep.equal([defect]);
  });
});
