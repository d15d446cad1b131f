import { expect } from 'chai';
import type { StartedQueue } from './queue-under-test.ts';

export function itPauses(start: () => StartedQueue): void {
  it('hands out nothing while the scheduler is paused, and lets go on what runs', async () => {
    const { control, queue, submit, claim, claimOne, find, signal } = start();
    const [running, waiting] = [await submit(), await submit()];
    const { lease } = await claimOne();
    await control.pause('ada', signal);

    const none = await claim();
    await queue.complete(lease, 'done', signal);
    await control.resume(signal);
    const then = await claim();

    expect(none).to.deep.equal([]);
    expect(await find(running)).to.include({ state: 'succeeded' });
    expect(then.map(({ id }) => id)).to.deep.equal([waiting]);
  });
}
