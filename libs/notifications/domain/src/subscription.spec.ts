import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { Subscription } from './subscription.ts';
import { WebhookUrl } from './webhook-url.ts';

const DAY = 86_400_000;
const start = new Date('2026-01-01T00:00:00.000Z');
const after = (milliseconds: number): Date => new Date(start.getTime() + milliseconds);
const [one, other] = ['one', 'other'].map((keyId) => ({ keyId, bytes: new Uint8Array(1) }));

function aSubscription(): Subscription {
  const url = expectOk(WebhookUrl.parse('https://receiver.example/', { insecureLoopback: false }));
  const eventTypes = ['job.parked', 'device.changed', 'job.parked'];
  return Subscription.create({ id: sequentialId(1), url, eventTypes, secret: one! }, start);
}

describe('Subscription', () => {
  it('begins active, with its event types in one order', () => {
    expect(aSubscription().snapshot()).to.deep.include({
      disabled: null,
      eventTypes: ['device.changed', 'job.parked'],
      version: 1,
    });
  });

  it('changes what is given, for the version that it was read at', () => {
    const subscription = aSubscription();

    expectOk(subscription.change({ basedOn: 1, changes: { active: false } }, after(1)));
    const stale = expectErr(subscription.change({ basedOn: 1, changes: { active: true } }, after(2)));

    expect(stale).to.deep.equal({ kind: 'StaleSubscription', subscriptionId: sequentialId(1), version: 1 });
    expect(subscription.snapshot()).to.deep.include({ disabled: 'by hand', version: 2, changedAt: after(1) });
  });

  it('signs with both secrets for a day after a rotation', () => {
    const subscription = aSubscription();

    expectOk(subscription.rotate({ basedOn: 1, secret: other! }, start));

    expect(subscription.secretsAt(after(DAY - 1))).to.deep.equal([other, one]);
    expect(subscription.secretsAt(after(DAY))).to.deep.equal([other]);
    expectErr(subscription.rotate({ basedOn: 1, secret: other! }, start));
  });

  it('is disabled when nothing has got through for five days', () => {
    const subscription = aSubscription();

    const told = [0, 1, 5 * DAY - 1, 5 * DAY, 6 * DAY].map((time) => subscription.note('failed', after(time)));

    expect(told).to.deep.equal([true, false, false, true, false]);
    expect(subscription.snapshot()).to.deep.include({ disabled: 'failing', failingSince: start });
  });

  it('forgets its failures when something gets through', () => {
    const subscription = aSubscription();

    subscription.note('failed', start);
    subscription.note('got through', after(1));
    subscription.note('failed', after(5 * DAY));

    expect(subscription.snapshot()).to.deep.include({ disabled: null, failingSince: after(5 * DAY) });
  });

  it('is disabled at once when its receiver is gone, and can be activated again', () => {
    const subscription = aSubscription();

    subscription.note('gone', start);
    expect(subscription.snapshot().disabled).to.equal('gone');
    expectOk(subscription.change({ basedOn: 2, changes: { active: true } }, after(1)));

    expect(subscription.snapshot()).to.include({ disabled: null, failingSince: null });
  });

  it('stays as it is when a receiver that always answers answers', () => {
    expect(aSubscription().note('got through', after(1))).to.equal(false);
  });
});
