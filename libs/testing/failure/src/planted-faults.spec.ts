import { Clock } from '#kernel';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import type { FaultPlan } from './fault-plan.ts';
import { failingCells, type FaultSweep } from './fault-sweep.ts';
import { Mailer, Orders, Outbox, Payments, Seats, Slot, Transaction } from './fixtures/ports.ts';
import { ShopTest, type Workflow } from './fixtures/shop-test.ts';
import { sweepFaults } from './sweep-faults.ts';

const t = ShopTest.install();

type Program = {
  readonly planted: Workflow;
  readonly correct: Workflow;
  readonly plan: Omit<FaultPlan<ShopTest>, 'workflow'>;
  /** The cells in which the planted fault is found, and no other. */
  readonly found: readonly string[];
};

const LEASE_MS = 5_000;

const charging =
  (key?: string): Workflow =>
  async ({ get }, { signal }) => {
    const payments = await get(Payments);
    await payments.charge(7, key === undefined ? { signal } : { key, signal });
  };

const mailing =
  (onFailure: (error: unknown) => void): Workflow =>
  async ({ get }, { signal }) => {
    const mailer = await get(Mailer);
    await mailer.send('welcome', { key: 'order 1', signal }).catch(onFailure);
  };

const booking =
  (clean: (seats: Seats) => Promise<void>): Workflow =>
  async ({ get }, { signal }) => {
    const seats = await get(Seats);
    try {
      await seats.take('order 1', signal);
      await seats.book('order 1', signal);
    } catch (error) {
      await clean(seats);
      throw error;
    }
  };

const programs: Readonly<Record<string, Program>> = {
  'a missing idempotency key': {
    planted: charging(),
    correct: charging('order 1'),
    plan: { holds: ({ payments }) => expect(payments.charged).to.deep.equal([7]) },
    found: ['Payments.charge twice', 'Payments.charge fails-after', 'Payments.charge crashes-after'],
  },

  'a missing compensation': {
    planted: booking(async () => {}),
    correct: booking((seats) => seats.giveBack('order 1')),
    plan: {
      recover: () => {}, // the customer goes away
      faults: ['fails-before', 'hangs', 'aborts'],
      holds: ({ seats }) => expect(seats.takenBy).to.equal(seats.bookedBy),
    },
    found: ['Seats.book fails-before', 'Seats.book hangs', 'Seats.book aborts'],
  },

  'a slot that is not given back': {
    planted: async ({ get }, { signal }) => {
      const [slot, mailer] = [await get(Slot), await get(Mailer)];
      if (!(await slot.acquire(Infinity, signal))) return;
      await mailer.send('ready', { key: 'ready', signal });
      await slot.giveBack();
    },
    correct: async ({ get }, { signal }) => {
      const [slot, mailer] = [await get(Slot), await get(Mailer)];
      if (!(await slot.acquire(LEASE_MS, signal))) return;
      try {
        await mailer.send('ready', { key: 'ready', signal });
      } finally {
        await slot.giveBack();
      }
    },
    plan: {
      recover: async ({ get }, { signal }) => (await get(Clock)).sleep(LEASE_MS, signal),
      ports: [Mailer],
      holds: ({ slot }) => expect(slot.isFree).to.equal(true),
    },
    found: [
      'Mailer.send fails-before',
      'Mailer.send fails-after',
      'Mailer.send hangs',
      'Mailer.send aborts',
      'Mailer.send crashes-before',
      'Mailer.send crashes-after',
    ],
  },

  'an outbox that is not atomic': {
    planted: async ({ get }, { signal }) => {
      const [orders, outbox] = [await get(Orders), await get(Outbox)];
      if (await orders.has('order 1', signal)) return;
      await orders.save('order 1', signal);
      await outbox.append('saved order 1', signal);
    },
    correct: async ({ get }, { signal }) => {
      const transaction = await get(Transaction);
      await transaction.run(async ({ orders, outbox }) => {
        if (await orders.has('order 1', signal)) return;
        await orders.save('order 1', signal);
        await outbox.append('saved order 1', signal);
      }, signal);
    },
    plan: {
      faults: ['crashes-before', 'crashes-after'],
      holds: ({ orders, outbox }) =>
        expect([orders.saved, outbox.messages]).to.deep.equal([['order 1'], ['saved order 1']]),
    },
    found: ['Orders.save crashes-after', 'Outbox.append crashes-before'],
  },

  'an abort that is ignored': {
    planted: async ({ get }) => {
      const payments = await get(Payments);
      await payments.charge(7, { key: 'order 1' });
    },
    correct: charging('order 1'),
    plan: { holds: ({ payments }) => expect(payments.charged).to.deep.equal([7]) },
    found: ['Payments.charge hangs'],
  },

  'a time-out that is taken for an answer': {
    planted: async ({ get }, { signal }) => {
      const [clock, mailer] = [await get(Clock), await get(Mailer)];
      while (true) {
        const sent = mailer.send('welcome', { key: 'order 1', signal }).then(
          () => true,
          () => false,
        );
        if (await sent) return;
        await clock.sleep(1_000);
      }
    },
    correct: async ({ get }, { signal }) => {
      const [clock, mailer] = [await get(Clock), await get(Mailer)];
      while (true) {
        const sent = mailer.send('welcome', { key: 'order 1', signal }).then(
          () => true,
          () => false,
        );
        if (await sent) return;
        await clock.sleep(1_000, signal);
      }
    },
    plan: { holds: ({ mailer }) => expect(mailer.sent).to.deep.equal(['welcome']) },
    found: ['Mailer.send hangs', 'Mailer.send aborts'],
  },

  'an error that is swallowed': {
    planted: mailing(() => {}),
    correct: mailing((error) => {
      throw error;
    }),
    plan: { holds: ({ mailer }) => expect(mailer.sent).to.deep.equal(['welcome']) },
    found: ['Mailer.send fails-before', 'Mailer.send hangs', 'Mailer.send aborts'],
  },
};

describe('A sweep of faults', () => {
  for (const [title, { planted, plan, found }] of cases('finds {case}', programs)) {
    it(
      title,
      t.trials(
        async (trials) => {
          const sweep = await sweepFaults(trials, { ...plan, workflow: planted });

          expect(namesOf(sweep)).to.have.members(found);
        },
        { within: 10_000 },
      ),
    );
  }

  for (const [title, { correct, plan }] of cases('finds nothing where the code is right about {case}', programs)) {
    it(
      title,
      t.trials(
        async (trials) => {
          const sweep = await sweepFaults(trials, { ...plan, workflow: correct });

          expect(failingCells(sweep)).to.deep.equal([]);
          expect(sweep.cells).to.have.lengthOf(sweep.planned);
        },
        { within: 10_000 },
      ),
    );
  }
});

function namesOf(sweep: FaultSweep): readonly string[] {
  return failingCells(sweep).map(({ what, fault }) => `${what} ${fault}`);
}
