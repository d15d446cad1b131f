import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { Subscriptions } from '../ports/subscriptions.ts';
import {
  aDelivery,
  alone,
  aSubscription,
  later,
  published,
  someTime,
  type StoresUnderTest,
} from './stores-under-test.ts';

const id = sequentialId<'Subscription'>(1);
const otherId = sequentialId<'Subscription'>(2);

/** What every {@link Subscriptions} promises. */
export const subscriptionsContract = contract(Subscriptions, (open: () => StoresUnderTest) => {
  it('keeps a subscription as it is, new and changed', async () => {
    const under = open();
    const subscription = aSubscription();

    await alone(under, ({ subscriptions }) => subscriptions.insert(subscription));
    const inserted = await alone(under, ({ subscriptions }) => subscriptions.lock(id));
    await alone(under, async ({ subscriptions }) => {
      const locked = await subscriptions.lock(id);
      locked?.rotate({ basedOn: 1, secret: { keyId: 'other', bytes: Uint8Array.of(9) } }, later(1));
      locked?.note('gone', later(2));
      await subscriptions.update(locked!);
    });
    const changed = await alone(under, ({ subscriptions }) => subscriptions.lock(id));

    expect(inserted?.snapshot()).to.deep.equal(subscription.snapshot());
    expect(changed?.snapshot()).to.deep.equal({
      ...subscription.snapshot(),
      secret: { keyId: 'other', bytes: Uint8Array.of(9) },
      previous: { secret: subscription.snapshot().secret, until: later(1 + 86_400_000) },
      disabled: 'gone',
      failingSince: later(2),
      version: 3,
      changedAt: later(2),
    });
  });

  it('counts them all and tells the active ones', async () => {
    const under = open();
    const disabled = aSubscription(otherId);
    disabled.note('gone', someTime);

    const [count, active] = await alone(under, async ({ subscriptions }) => {
      await subscriptions.lockAll();
      await subscriptions.insert(aSubscription(id, ['job.parked', 'device.changed']));
      await subscriptions.insert(disabled);
      return [await subscriptions.count(), await subscriptions.active()] as const;
    });

    expect(count).to.equal(2);
    expect(active).to.deep.equal([{ id, eventTypes: ['device.changed', 'job.parked'] }]);
  });

  it('removes one with its deliveries, and leaves the others', async () => {
    const under = open();
    const [event] = await published(under, 'a');
    await alone(under, async ({ subscriptions, deliveries }) => {
      for (const each of [id, otherId]) {
        await subscriptions.insert(aSubscription(each));
        await deliveries.insert([aDelivery(event!.id, each)]);
      }
    });

    await alone(under, async ({ subscriptions }) => {
      await subscriptions.lock(id);
      await subscriptions.remove(id);
    });

    const { reader, signal } = under;
    expect(await reader.subscription(id, signal)).to.equal(null);
    const left = [id, otherId].map((subscriptionId) =>
      reader.deliveries({ subscriptionId, state: null, before: null, limit: 10 }, signal),
    );
    expect((await Promise.all(left)).map(({ length }) => length)).to.deep.equal([0, 1]);
  });

  it('finds none where there is none', async () => {
    expect(await alone(open(), ({ subscriptions }) => subscriptions.lock(id))).to.equal(null);
  });
});
