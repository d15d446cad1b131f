import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { MAX_ATTEMPTS, type Answer } from './delivery-policy.ts';
import { Delivery } from './delivery.ts';

const HOUR = 3_600_000;
const start = new Date('2026-01-01T00:00:00.000Z');
const answered = (status: number, retryAfterMs: number | null = null): Answer => ({
  kind: 'Answered',
  status,
  retryAfterMs,
});
const unreachable: Answer = { kind: 'NotReached', reason: 'nobody answers' };

function aDelivery(number = 1): Delivery {
  return Delivery.of({ id: sequentialId(number), eventId: sequentialId(1), subscriptionId: sequentialId(1) }, start);
}

/** The pauses between attempts that are all answered like this. */
function pauses(delivery: Delivery, answer: Answer): readonly number[] {
  const told: number[] = [];
  while (delivery.next !== null) {
    const verdict = delivery.answered(answer, start);
    if (verdict.kind === 'retry') told.push(verdict.inMs);
  }
  return told;
}

describe('Delivery', () => {
  it('ends well with any answer from 200 to 299', () => {
    for (const status of [200, 202, 204, 299]) {
      const delivery = aDelivery();

      expect(delivery.answered(answered(status), start)).to.deep.equal({ kind: 'delivered' });
      expect(delivery.snapshot()).to.deep.include({ state: 'delivered', attempts: 1, finishedAt: start });
    }
  });

  for (const answer of [
    unreachable,
    answered(500),
    answered(503),
    answered(408),
    answered(429),
    answered(199),
    answered(600),
  ]) {
    it(`is tried eight times, ever more seldom, when ${'status' in answer ? answer.status : answer.reason}`, () => {
      const delivery = aDelivery();

      const told = pauses(delivery, answer);

      expect(told)
        .to.have.lengthOf(MAX_ATTEMPTS - 1)
        .and.deep.equal(told.toSorted((one, other) => one - other));
      expect(told.reduce((sum, pause) => sum + pause)).to.be.within(12 * HOUR, 36 * HOUR);
      expect(delivery.snapshot()).to.include({ state: 'dead', attempts: 8 });
    });
  }

  for (const status of [301, 400, 401, 404, 499]) {
    it(`is tried three times when it is refused with ${status}`, () => {
      expect(pauses(aDelivery(), answered(status))).to.have.lengthOf(2);
    });
  }

  it('ends at once when its receiver is gone', () => {
    expect(aDelivery().answered(answered(410), start)).to.deep.equal({ kind: 'gone' });
  });

  it('spreads the pauses of deliveries that failed together', () => {
    const first = [0, 0x80_00_00, 0xff_ff_ff].map((number) => pauses(aDelivery(number), unreachable)[0]);

    expect(first).to.deep.equal([5_000, 7_500, 10_000]);
  });

  it('waits as long as the receiver asks, where that is longer, up to half a day', () => {
    const asked = [1, HOUR, 99 * HOUR].map((retryAfter) => pauses(aDelivery(0), answered(429, retryAfter))[0]);

    expect(asked).to.deep.equal([5_000, HOUR, 12 * HOUR]);
  });

  it('waits for one attempt after the other', () => {
    const delivery = aDelivery();
    const name = { deliveryId: sequentialId<'Delivery'>(1), round: 1 };

    delivery.answered(unreachable, start);

    const awaited = [1, 2, 3].map((attempt) => delivery.awaits({ ...name, attempt }));
    expect(awaited).to.deep.equal([false, true, false]);
    expect(delivery.awaits({ ...name, round: 2, attempt: 2 })).to.equal(false);
    expect(delivery.snapshot()).to.deep.include({
      lastAnswer: 'nobody answers',
      dueAt: new Date(start.getTime() + 5_000),
    });
  });

  it('is sent again by hand when it has ended, with all of its attempts', () => {
    const delivery = aDelivery();
    expectErr(delivery.sendAgain(start));
    delivery.answered(answered(204), start);

    expectOk(delivery.sendAgain(start));

    expect(delivery.next).to.deep.equal({ deliveryId: sequentialId(1), round: 2, attempt: 1 });
    expect(delivery.snapshot()).to.deep.include({ state: 'waiting', finishedAt: null });
  });

  it('takes no answer when it has ended', () => {
    const delivery = aDelivery();
    delivery.giveUp('the subscription is not active', start);

    expect(() => delivery.answered(answered(204), start)).to.throw('awaits no answer');
    expect(delivery.next).to.equal(null);
  });
});
