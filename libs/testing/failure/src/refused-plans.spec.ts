import { err } from '#kernel';
import { expect } from 'chai';
import type { FaultPlan } from './fault-plan.ts';
import type { Fault } from './faults.ts';
import { Mailer, Orders, Payments } from './fixtures/ports.ts';
import { ShopTest } from './fixtures/shop-test.ts';
import { mailing, sweeping } from './fixtures/sweeping.ts';
import { sweepFaults } from './sweep-faults.ts';

const t = ShopTest.install();

/** A test in which a plan cannot be swept. */
function refusing(plan: FaultPlan<ShopTest>, reason: RegExp): Mocha.AsyncFunc {
  return t.trials(
    async (trials) => {
      const refusal = await sweepFaults(trials, plan).catch((error: unknown) => error);

      expect(refusal).to.be.instanceOf(Error).with.property('message').that.matches(reason);
    },
    { within: 10_000 },
  );
}

const refusedBySold: FaultPlan<ShopTest>['workflow'] = async (test, context) => {
  await mailing.workflow(test, context);
  return err({ kind: 'Sold' });
};

describe('A plan', () => {
  it(
    'is refused where what holds does not hold without any fault',
    refusing(
      { ...mailing, holds: ({ mailer }) => expect(mailer.sent).to.deep.equal([]) },
      /^The run without any fault fails already: expected \[ 'welcome' \]/,
    ),
  );

  it(
    'is refused where the workflow fails by itself',
    refusing({ ...mailing, workflow: () => Promise.reject(new Error('by itself')) }, /although no fault.*by itself/),
  );

  it(
    'is refused where the workflow is refused without any fault',
    refusing(
      { ...mailing, workflow: refusedBySold },
      /was refused \(Sold\), although no fault.*mayBeRefused: \["Sold"\]/,
    ),
  );

  it(
    'says what its workflow may be refused with, without any fault',
    sweeping({ ...mailing, workflow: refusedBySold, mayBeRefused: ['Sold'], faults: ['twice'] }, ({ cells }) => {
      expect(cells.map(({ outcome }) => outcome)).to.deep.equal(['refused Sold']);
    }),
  );

  it('is refused where the workflow calls no port', refusing({ ...mailing, workflow: () => {} }, /calls no port/));

  it(
    'is refused where it names a port of which nothing is swept',
    refusing({ ...mailing, ports: [Mailer, Orders, Payments] }, /names Orders, Payments, of which the workflow calls/),
  );

  for (const [title, faults] of [
    ['in a list', ['twice', 'sometimes' as Fault]],
    ['for one of its calls', () => ['sometimes' as Fault]],
  ] as const) {
    it(
      `is refused where it names a fault that there is not, ${title}`,
      refusing({ ...mailing, faults }, /no fault "sometimes": `faults` may name fails-before, /),
    );
  }

  it(
    'is refused where none of its faults can happen',
    refusing({ ...mailing, faults: [] }, /none of those that were asked for/),
  );
});
