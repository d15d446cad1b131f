import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { Deliveries } from '../ports/deliveries.ts';
import { aDelivery, alone, aSubscription, later, published, type StoresUnderTest } from './stores-under-test.ts';

/** What every {@link Deliveries} promises. */
export const deliveriesContract = contract(Deliveries, (open: () => StoresUnderTest) => {
  async function withEvents(...subjects: readonly string[]) {
    const under = open();
    await alone(under, ({ subscriptions }) => subscriptions.insert(aSubscription()));
    const events = await published(under, ...subjects);
    return { ...under, events };
  }

  it('keeps a delivery as it is, new and changed', async () => {
    const { events, ...under } = await withEvents('a');
    const delivery = aDelivery(events[0]!.id);
    const { id } = delivery.snapshot();

    await alone(under, ({ deliveries }) => deliveries.insert([delivery]));
    const inserted = await alone(under, ({ deliveries }) => deliveries.lock(id));
    delivery.answered({ kind: 'Answered', status: 500, retryAfterMs: null }, later(1));
    await alone(under, ({ deliveries }) => deliveries.update(delivery));
    const changed = await alone(under, ({ deliveries }) => deliveries.lock(id));

    expect(inserted?.snapshot()).to.include({ state: 'waiting', attempts: 0, lastAnswer: null });
    expect(changed?.snapshot()).to.deep.equal(delivery.snapshot());
  });

  it('takes one for each event and subscription, and says which are new', async () => {
    const { events, ...under } = await withEvents('a', 'b');
    const [one, again, other] = [aDelivery(events[0]!.id), aDelivery(events[0]!.id), aDelivery(events[1]!.id)];

    const added = [
      await alone(under, ({ deliveries }) => deliveries.insert([one])),
      await alone(under, ({ deliveries }) => deliveries.insert([again, other])),
    ];

    expect(added).to.deep.equal([[one.snapshot().id], [other.snapshot().id]]);
    expect(await alone(under, ({ deliveries }) => deliveries.lock(again.snapshot().id))).to.equal(null);
  });

  it('tells those that wait and are overdue, the longest first', async () => {
    const { events, ...under } = await withEvents('a', 'b', 'c', 'd');
    const [recent, older, oldest, ended] = [3, 2, 1, 0].map((minute, index) =>
      aDelivery(events[index]!.id, sequentialId(1), later(minute)),
    );
    ended!.giveUp('no reason', later(5));
    await alone(under, ({ deliveries }) => deliveries.insert([recent!, older!, oldest!, ended!]));

    const overdue = await alone(under, async ({ deliveries }) => [
      await deliveries.overdue(later(3), 10),
      await deliveries.overdue(later(3), 1),
    ]);

    const idsOf = (page: (typeof overdue)[number]) => page.map((delivery) => delivery.snapshot().id);
    expect(overdue.map(idsOf)).to.deep.equal([[oldest!.snapshot().id, older!.snapshot().id], [oldest!.snapshot().id]]);
  });

  it('finds none where there is none', async () => {
    expect(await alone(open(), ({ deliveries }) => deliveries.lock(sequentialId(99)))).to.equal(null);
  });
});
