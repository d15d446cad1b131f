import { Clock } from '#kernel';
import { expect } from 'chai';
import { faultMatrix, summaryOf } from './fault-matrix.ts';
import type { FaultPlan, FaultTrial } from './fault-plan.ts';
import { failingCells } from './fault-sweep.ts';
import { Mailer, Orders, Payments } from './fixtures/ports.ts';
import type { ShopTest } from './fixtures/shop-test.ts';
import { SubmitOrder } from './fixtures/submit-order.ts';
import { mailing, sweeping } from './fixtures/sweeping.ts';

const submitting: FaultPlan<ShopTest> = {
  workflow: async ({ get }, { signal }) => (await get(SubmitOrder)).execute('order 1', { signal }),
  holds: ({ payments, orders, outbox, mailer }) => {
    expect(payments.charged).to.deep.equal([7]);
    expect(orders.saved).to.deep.equal(['order 1']);
    expect(outbox.messages).to.deep.equal(['saved order 1']);
    expect(mailer.sent).to.deep.equal(['your order 1']);
  },
};

describe('The matrix of a sweep', () => {
  it(
    'has a row for every call, and says of every fault how the workflow ended by it',
    sweeping(submitting, (sweep) => {
      expect(`\n${faultMatrix(sweep)}`).to.equal(`
   call                  fails before  fails after  hangs    aborts   twice     crashes before  crashes after
1  Payments.charge       threw         threw        stopped  stopped  returned  died            died
2  Transaction.run       threw         threw        stopped  stopped  ·         died            died
3  Orders.has            threw         threw        stopped  stopped  ·         died            died
4  Orders.save           threw         threw        stopped  stopped  ·         died            died
5  Outbox.append         threw         threw        stopped  stopped  ·         died            died
6  Transaction.run ends  threw         ·            ·        stopped  ·         died            ·
7  Mailer.send           threw         threw        stopped  stopped  returned  died            died`);
      expect(failingCells(sweep)).to.deep.equal([]);
      expect(summaryOf(sweep)).to.equal(`41 cells of 7 calls, all hold: ${sweep.title}`);
    }),
  );

  it(
    'is the same when it is written and read again',
    sweeping(mailing, (sweep) => {
      expect(JSON.parse(JSON.stringify(sweep))).to.deep.equal(sweep);
    }),
  );

  it(
    'tells refusals by kind, and errors by name where they are not the fault itself',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before', 'fails-after'],
        workflow: async (test, context) => {
          try {
            await mailing.workflow(test, context);
          } catch (error) {
            if ((error as { fault?: string }).fault === 'fails-after') throw new RangeError('lost', { cause: error });
            return { ok: false, error: { kind: 'MailerAway' } };
          }
          return { ok: true, value: undefined };
        },
        recover: () => {},
      },
      ({ cells }) => {
        expect(cells.map(({ outcome }) => outcome)).to.deep.equal(['refused MailerAway', 'threw RangeError']);
      },
    ),
  );

  it(
    'names calls that only a fault brings about, which no fault has met',
    sweeping(
      {
        ...mailing,
        workflow: async (test, context) => {
          const [mailer, clock] = [await test.get(Mailer), await test.get(Clock)];
          await mailer.send('welcome', context).catch(async () => {
            await clock.sleep(1_000);
            await mailer.send('again');
          });
        },
      },
      (sweep) => {
        expect(sweep.notSwept).to.deep.equal(['Mailer.send']);
        expect(summaryOf(sweep)).to.match(/; not swept, as only a fault brings them about: Mailer\.send$/);
      },
    ),
  );
});

describe('A plan', () => {
  it(
    'says which ports, which faults, and how a call fails',
    sweeping(
      {
        ...submitting,
        ports: [Payments, Orders],
        faults: ({ what, isWithin }) =>
          isWithin && what === 'Orders.has' ? ['twice', 'fails-before'] : ['fails-before'],
        error: ({ what, number }) => new RangeError(`${what} is away (${number})`),
        holds: (_, { faulted, outcome }) => {
          const told = 'error' in outcome ? String(outcome.error) : outcome.ended;
          const { what, fault, number } = faulted ?? {};
          expect(told).to.equal(fault === 'fails-before' ? `RangeError: ${what} is away (${number})` : 'returned');
        },
      },
      ({ calls, cells }) => {
        expect(calls.map(({ what }) => what)).to.deep.equal(['Payments.charge', 'Orders.has', 'Orders.save']);
        expect(cells.map(({ number, fault, verdict }) => [number, fault, verdict])).to.deep.equal([
          [1, 'fails-before', 'holds'],
          [2, 'fails-before', 'holds'],
          [2, 'twice', 'holds'],
          [3, 'fails-before', 'holds'],
        ]);
      },
    ),
  );

  const seen: (readonly [FaultTrial['outcome']['ended'], FaultTrial['recovered']])[] = [];
  it(
    'that tells no recovery begins the workflow once more where it has not returned',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before', 'aborts', 'twice', 'crashes-after'],
        holds: (_, { outcome, recovered }) => void seen.push([outcome.ended, recovered]),
      },
      () => {
        const again = { ended: 'returned', value: undefined };
        expect(seen).to.deep.equal([
          ['returned', undefined],
          ['threw', again],
          ['stopped', again],
          ['returned', undefined],
          ['died', again],
        ]);
      },
    ),
  );

  it(
    'fails in every trial whose recovery does not come to its end',
    sweeping(
      {
        ...mailing,
        faults: ['fails-before', 'twice'],
        recover: (_, { outcome, signal }) =>
          outcome.ended === 'threw' &&
          new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      },
      ({ cells }) => {
        expect(cells.map(({ verdict, recovered }) => [verdict, recovered])).to.deep.equal([
          ['failed', 'stopped'],
          ['holds', 'returned'],
        ]);
        expect(cells[0]?.error)
          .to.include('The recovery did not come to a good end')
          .and.include('The deadline of 30000 ms');
      },
    ),
  );

  it(
    'has its workflow and its recovery stopped at the deadline, and what was given is left alone',
    sweeping(
      {
        deadline: 2_000,
        faults: ['hangs'],
        given: async ({ get, clock }) => {
          const mailer = await get(Mailer);
          await mailer.send('earlier');
          await clock.advance(10_000);
        },
        workflow: mailing.workflow,
        recover: () => {},
        holds: ({ clock, mailer }, { faulted }) => {
          expect(clock.now()).to.deep.equal(new Date(`2026-01-01T00:00:${faulted ? '12' : '10'}.000Z`));
          expect(mailer.sent).to.deep.equal(faulted ? ['earlier'] : ['earlier', 'welcome']);
        },
      },
      ({ cells }) => {
        expect(cells.map(({ verdict, number, outcome }) => [verdict, number, outcome])).to.deep.equal([
          ['holds', 1, 'stopped'],
        ]);
      },
    ),
  );
});
