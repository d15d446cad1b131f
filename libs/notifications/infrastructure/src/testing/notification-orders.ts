import { err } from '#kernel';
import { NotificationsTransaction, RedeliverEvent, RemoveWebhook, ResumeDeliveries } from '#notifications/application';
import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { SubjectTransaction } from './subject-transaction.ts';
import { changed, type WiredNotificationsTest } from './wired-notifications-test.ts';

/** What holds in every order of what several workers do to notifications, whatever the adapters. */
export function notificationOrders(t: InstalledTest<WiredNotificationsTest>, ofMany: EveryOrderOptions): void {
  const options: EveryOrderOptions = { complete: true };

  it(
    'publish an event once, by one of two relays, with one delivery for each subscription',
    everyOrder(
      t,
      async ({ subscribed, record, publish, deliveries, jobs }) => {
        const subscriptions = [await subscribed(), await subscribed()];
        await record();

        const ended = await race(2, ({ signal }) => publish(signal));
        await publish();

        expect(ended.values.map(({ events }) => events).toSorted()).to.deep.equal([0, 1]);
        const made = await Promise.all(subscriptions.map((id) => deliveries(id)));
        expect(made.map(({ length }) => length)).to.deep.equal([1, 1]);
        expect(jobs.submitted.size).to.equal(2);
      },
      options,
    ),
  );

  it(
    'publish what commits while they publish, sooner or later and once',
    everyOrder(
      t,
      async ({ subscribed, record, publish, deliveries }) => {
        const id = await subscribed();

        await race({
          one: ({ signal }) => record({ ...changed, subject: 'one' }, signal),
          other: ({ signal }) => record({ ...changed, subject: 'other' }, signal),
          relay: ({ signal }) => publish(signal),
        });
        await publish();

        expect(await deliveries(id)).to.have.lengthOf(2);
      },
      ofMany,
    ),
  );

  it(
    'never publish what was undone',
    everyOrder(
      t,
      async ({ get, subscribed, publish, deliveries, jobs }) => {
        const id = await subscribed();
        const transaction = await get(SubjectTransaction);

        await race({
          subject: ({ signal }) =>
            transaction.run(async ({ outbox }) => {
              await outbox.record(changed);
              return err({ kind: 'ChangedItsMind' as const });
            }, signal),
          relay: ({ signal }) => publish(signal),
        });
        await publish();

        expect([await deliveries(id), jobs.submitted.size]).to.deep.equal([[], 0]);
      },
      options,
    ),
  );

  it(
    'count an attempt once that two workers make, and ask once for the next',
    everyOrder(
      t,
      async ({ delivery, jobs, transport, attempt, deliveries }) => {
        const { id, subscriptionId } = await delivery();
        transport.place('https://receiver.example/hook', { status: 500 });
        const [jobId] = [...jobs.submitted.keys()];
        const early = jobs.claim(jobId!);

        const ended = await race({
          early: ({ signal }) => attempt(early, signal),
          late: ({ signal }) => attempt(jobs.claim(jobId!), signal),
        });

        expect(ended.of('late').ended).to.equal('fulfilled');
        expect((await deliveries(subscriptionId))[0]).to.include({ state: 'waiting', attempts: 1 });
        expect(jobs.submitted.size).to.equal(2);
        expect(new Set(transport.received.map((message) => message.id))).to.deep.equal(new Set([id]));
      },
      ofMany,
    ),
  );

  it(
    'count an attempt once that two jobs ask for',
    everyOrder(
      t,
      async ({ get, delivery, jobs, clock, attempt, only, signal }) => {
        await delivery();
        await clock.advance(3_600_001);
        const resume = new ResumeDeliveries(await get(NotificationsTransaction), clock);
        await resume.execute({ limit: 1 }, { signal });
        const [one, other] = [...jobs.submitted.keys()];

        const ended = await race({
          one: (racer) => attempt(jobs.claim(one!), racer.signal),
          other: (racer) => attempt(jobs.claim(other!), racer.signal),
        });

        expect(ended.values.toSorted()).to.deep.equal(['delivered', 'superseded']);
        expect(await only()).to.include({ state: 'delivered', attempts: 1 });
      },
      ofMany,
    ),
  );

  it(
    'leave no delivery of a subscription that is removed while its event is published',
    everyOrder(
      t,
      async (test) => {
        const id = await test.subscribed();
        await test.record();
        const remove = new RemoveWebhook(await test.get(NotificationsTransaction));

        const ended = await race({
          relay: ({ signal }) => test.publish(signal),
          remover: ({ signal }) => remove.execute({ id }, { signal }),
        });

        ended.expect({ fulfilled: 2 });
        expect(await test.deliveries(id)).to.deep.equal([]);
      },
      options,
    ),
  );

  it(
    'send a delivery again once, when two ask for it',
    everyOrder(
      t,
      async (test) => {
        const { id: deliveryId, subscriptionId } = await test.delivery();
        await test.attempt(test.jobs.claim(test.submitted[0]!));
        const redeliver = new RedeliverEvent(await test.get(NotificationsTransaction), test.clock);

        const ended = await race(2, ({ signal }) => redeliver.execute({ subscriptionId, deliveryId }, { signal }));

        ended.expect({ fulfilled: 1, 'refused DeliveryWaiting': 1 });
        expect(test.submitted).to.have.lengthOf(2);
      },
      options,
    ),
  );
}
