import { expect } from 'chai';
import type { StartedQueue } from './queue-under-test.ts';

const minute = 60_000;

export function itAges(start: () => StartedQueue): void {
  it('takes a job that has waited a minute longer for each step of priority that it is below', async () => {
    const { clock, submit, claim } = start();
    const at = (minutes: number): Date => new Date(clock.now().getTime() - minutes * minute);
    const fresh = await submit({ priority: 9, dueAt: at(0) });
    const patient = await submit({ priority: 0, dueAt: at(9.1) });
    const hasty = await submit({ priority: 0, dueAt: at(8.9) });

    const order = (await claim({ limit: 3 })).map(({ id }) => id);

    expect(order).to.deep.equal([patient, fresh, hasty]);
  });

  it('lets no job wait for more than nine minutes behind a stream of others', async () => {
    const { clock, submit, claim, queue, signal } = start();
    const lowest = await submit({ priority: 0 });

    let minutes = 0;
    for (; minutes < 20; minutes += 1) {
      await submit({ priority: 9, dueAt: clock.now() });
      const [job] = await claim({ limit: 1 });
      await queue.complete(job!.lease, null, signal);
      if (job!.id === lowest) break;
      await clock.advance(minute);
    }

    expect(minutes).to.equal(9);
  });

  it('lets no later due time pass it by, when it comes back from a failure', async () => {
    const { clock, submit, claimOne, queue, signal } = start();
    const failed = await submit({ priority: 5 });
    await queue.fail((await claimOne()).lease, { reason: 'No.', retryInMs: 1_000 }, signal);
    await clock.advance(1_000);
    await submit({ priority: 4, dueAt: clock.now() });

    expect(await claimOne()).to.include({ id: failed });
  });
}
