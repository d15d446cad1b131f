import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { NotificationsReader } from '../ports/notifications-reader.ts';
import {
  aDelivery,
  alone,
  aSubscription,
  changed,
  later,
  published,
  type StoresUnderTest,
} from './stores-under-test.ts';

const id = sequentialId<'Subscription'>(1);
const nobody = sequentialId<'Subscription'>(99);

/** What every {@link NotificationsReader} promises. */
export const notificationsReaderContract = contract(NotificationsReader, (open: () => StoresUnderTest) => {
  async function withDeliveries() {
    const under = open();
    await alone(under, ({ subscriptions }) => subscriptions.insert(aSubscription()));
    const events = await published(under, 'a', 'b', 'c');
    const deliveries = events.map(({ id: eventId }) => aDelivery(eventId));
    deliveries[1]!.giveUp('no reason', later(1));
    await alone(under, (stores) => stores.deliveries.insert(deliveries));
    return { ...under, events, deliveries: deliveries.map((delivery) => delivery.snapshot()) };
  }

  it('lists subscriptions without their secrets, the oldest first', async () => {
    const under = open();
    for (const number of [2, 1]) {
      await alone(under, ({ subscriptions }) => subscriptions.insert(aSubscription(sequentialId(number))));
    }

    const listed = await under.reader.subscriptions(under.signal);

    expect(listed.map((one) => one.id)).to.deep.equal([sequentialId(1), sequentialId(2)]);
    for (const one of listed) expect(Object.keys(one).join()).not.to.match(/secret|previous|key/i);
  });

  it('lists deliveries page by page, the newest first, also of one state', async () => {
    const { reader, signal, deliveries } = await withDeliveries();
    const page = { subscriptionId: id, state: null, before: null, limit: 2 };
    const [a, b, c] = deliveries;

    const pages = [
      await reader.deliveries(page, signal),
      await reader.deliveries({ ...page, before: b!.id }, signal),
      await reader.deliveries({ ...page, state: 'dead' }, signal),
      await reader.deliveries({ ...page, subscriptionId: nobody }, signal),
    ];

    expect(pages).to.deep.equal([[c, b], [a], [b], []]);
  });

  it('lists published events from a number on', async () => {
    const { reader, signal, events, record } = await withDeliveries();
    await record(changed('not published'));

    const listed = await reader.events({ after: 1, limit: 10 }, signal);

    expect(listed).to.deep.equal(events.slice(1));
    expect(await reader.events({ after: 0, limit: 1 }, signal)).to.deep.equal(events.slice(0, 1));
  });

  it('knows the number of the latest event', async () => {
    const under = open();
    const before = await under.reader.newest(under.signal);
    await published(under, 'a', 'b');
    await under.record(changed('not published'));

    expect([before, await under.reader.newest(under.signal)]).to.deep.equal([0, 2]);
  });

  it('finds all that an attempt needs', async () => {
    const { reader, signal, events, deliveries } = await withDeliveries();

    const outgoing = await reader.outgoing(deliveries[0]!.id, signal);

    const subscription = aSubscription().snapshot();
    expect(outgoing).to.deep.equal({ delivery: deliveries[0], event: events[0], subscription });
    expect(await reader.subscription(id, signal)).to.deep.equal(subscription);
  });

  it('finds nothing where there is nothing', async () => {
    const { reader, signal } = open();

    expect(await reader.outgoing(sequentialId(99), signal)).to.equal(null);
    expect(await reader.subscription(nobody, signal)).to.equal(null);
  });

  it('does not read for a caller that has stopped', async () => {
    const { reader } = open();
    const stopped = new Error('stopped by the caller');
    const aborted = AbortSignal.abort(stopped);

    const answers = await Promise.allSettled([
      reader.subscriptions(aborted),
      reader.subscription(id, aborted),
      reader.deliveries({ subscriptionId: id, state: null, before: null, limit: 1 }, aborted),
      reader.outgoing(sequentialId(1), aborted),
      reader.events({ after: 0, limit: 1 }, aborted),
      reader.newest(aborted),
    ]);

    expect(new Set(answers.map((answer) => answer.status === 'rejected' && answer.reason))).to.deep.equal(
      new Set([stopped]),
    );
  });
});
