import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { Events, type EventView } from '../ports/events.ts';
import {
  aDelivery,
  alone,
  aSubscription,
  changed,
  later,
  published,
  type StoresUnderTest,
} from './stores-under-test.ts';

const tell = (events: readonly EventView[] | null) => events?.map(({ number, subject }) => [number, subject]);
const never = later(-1);
const whenever = new Date('2100-01-01T00:00:00.000Z');

/** What every {@link Events} promises. */
export const eventsContract = contract(Events, (open: () => StoresUnderTest) => {
  it('publishes what was recorded, once, in that order', async () => {
    const under = open();
    for (const subject of ['a', 'b', 'c']) await under.record(changed(subject));

    const pages = [];
    for (let page = 0; page < 3; page += 1) pages.push(await alone(under, ({ events }) => events.publish(2)));

    expect(pages.map(tell)).to.deep.equal([
      [
        [1, 'a'],
        [2, 'b'],
      ],
      [[3, 'c']],
      [],
    ]);
    expect(pages[0]?.[0]).to.deep.include({ type: 'device.changed', data: { version: 1 } });
  });

  it('publishes what was recorded before and commits after all that is published, and skips nothing', async () => {
    const under = open();

    await under.record(changed('early and slow'), async () => {
      expect(tell(await published(under, 'late and quick'))).to.deep.equal([[1, 'late and quick']]);
    });

    expect(tell(await published(under))).to.deep.equal([[2, 'early and slow']]);
  });

  it('publishes again what was undone, under the same number', async () => {
    const under = open();
    await under.record(changed('a'));

    const undone = await alone(under, async ({ events }) => {
      await events.publish(1);
      throw new Error('undone');
    }).catch((error: unknown) => error);

    expect(undone).to.be.an('error');
    expect(tell(await published(under))).to.deep.equal([[1, 'a']]);
  });

  it('publishes for one transaction at a time, and tells the others at once', async () => {
    const under = open();
    await under.record(changed('a'));

    const answers = await alone(under, async ({ events }) => [
      await events.publish(1),
      await alone(under, (others) => others.events.publish(1)),
    ]);

    expect(answers.map((answer) => tell(answer ?? null))).to.deep.equal([[[1, 'a']], undefined]);
  });

  it('removes old events with the deliveries that have ended, the newest one excepted', async () => {
    const under = open();
    const [a, b] = await published(under, 'a', 'b', 'newest');
    await under.record(changed('unpublished'));
    await alone(under, async ({ subscriptions, deliveries }) => {
      await subscriptions.insert(aSubscription());
      const [ended, waiting] = [aDelivery(a!.id), aDelivery(b!.id)];
      ended.giveUp('no reason', later(1));
      await deliveries.insert([ended, waiting]);
    });

    const counts = [];
    for (const before of [never, whenever, whenever]) {
      counts.push(await alone(under, ({ events }) => events.prune(before, 10)));
    }

    expect(counts).to.deep.equal([0, 1, 0]);
    const left = await under.reader.events({ after: 0, limit: 10 }, under.signal);
    expect(left.map(({ subject }) => subject)).to.deep.equal(['b', 'newest']);
    const page = { subscriptionId: sequentialId<'Subscription'>(1), state: null, before: null, limit: 10 };
    expect(await under.reader.deliveries(page, under.signal)).to.have.lengthOf(1);
    expect(tell(await published(under))).to.deep.equal([[4, 'unpublished']]);
  });

  it('removes no more than it is asked to', async () => {
    const under = open();
    await published(under, 'a', 'b', 'newest');

    expect(await alone(under, ({ events }) => events.prune(whenever, 1))).to.equal(1);
  });
});
