import { everyFault } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { RECEIVER, type WiredNotificationsTest } from './wired-notifications-test.ts';

/** What holds wherever a worker fails, is stopped or dies, when it, or another one, goes on. */
export function notificationFaults(t: InstalledTest<WiredNotificationsTest>): void {
  it(
    'are published once',
    everyFault(t, {
      given: async ({ subscribed, record }) => {
        await subscribed();
        await record();
      },
      workflow: ({ publish }, { signal }) => publish(signal),
      recover: ({ publish }, { signal }) => publish(signal),
      holds: async ({ only, jobs }) => {
        const { id: deliveryId } = await only();
        const payloads = [...jobs.submitted.values()].map(({ payload }) => payload);
        expect(payloads).to.deep.equal([{ deliveryId, round: 1, attempt: 1 }]);
      },
    }),
  );

  it(
    'are delivered, at least once and always under the same id',
    everyFault(t, {
      given: ({ delivery }) => delivery(),
      workflow: (test, { signal }) => test.attempt(test.jobs.claim(test.submitted[0]!), signal),
      recover: (test, { signal }) => test.attempt(test.jobs.claim(test.submitted[0]!), signal),
      holds: async ({ transport, only, jobs }) => {
        const delivery = await only();
        expect(delivery).to.include({ state: 'delivered', attempts: 1 });
        expect(new Set(transport.received.map(({ id }) => id))).to.deep.equal(new Set([delivery.id]));
        expect(jobs.submitted.size).to.equal(1);
      },
    }),
  );

  it(
    'are tried again once for each attempt that failed',
    everyFault(t, {
      given: async ({ delivery, transport }) => {
        await delivery();
        transport.place(RECEIVER, { status: 503 });
      },
      workflow: (test, { signal }) => test.attempt(test.jobs.claim(test.submitted[0]!), signal),
      recover: (test, { signal }) => test.attempt(test.jobs.claim(test.submitted[0]!), signal),
      holds: async ({ only, jobs }) => {
        expect(await only()).to.include({ state: 'waiting', attempts: 1, lastAnswer: 'status 503' });
        expect(jobs.submitted.size).to.equal(2);
      },
    }),
  );
}
