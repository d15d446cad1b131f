import { race } from '#testing/concurrency';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { spoken, type Certificate } from './certificate.ts';
import type { ExploreOptions } from './exploration.ts';
import { Board, BoardTest, explored } from './fixtures/board-test.ts';

const t = BoardTest.install();

/** Two who take three steps each: 20 orders. */
async function threeEach({ get }: BoardTest): Promise<void> {
  const board = await get(Board);
  const act = async (): Promise<void> => {
    for (const text of ['a', 'b', 'c']) await board.note(text);
  };
  await race({ one: act, other: act });
}

type Case = { readonly options: ExploreOptions; readonly certificate: Partial<Certificate>; readonly text: string };

const stopped = new AbortController();
stopped.abort(new Error('enough'));

const bounds: Readonly<Record<string, Case>> = {
  'nothing was in the way': {
    options: {},
    certificate: { isComplete: true, orders: 20, bound: undefined, switches: undefined },
    text: 'complete: 20 of 20 orders',
  },
  'the limit is just reached': {
    options: { orders: 20 },
    certificate: { isComplete: true, orders: 20, bound: undefined },
    text: 'complete: 20 of 20 orders',
  },
  'there is one order too many': {
    options: { orders: 19, sample: { orders: 10, seed: 3 } },
    certificate: { isComplete: false, orders: 19, bound: 'orders' },
    text: 'not complete (the limit of orders was reached): 19 orders, all with up to 3 switches; sampled: 10, pct, seed 3',
  },
  'orders with many switches are left out': {
    options: { switches: 1 },
    certificate: { isComplete: false, orders: 6, bound: 'switches', switches: 1 },
    text: 'not complete (the limit of switches was reached): 6 orders, all with up to 1 switch',
  },
  'there is no time': {
    options: { within: 0 },
    certificate: { isComplete: false, orders: 0, bound: 'time', switches: undefined },
    text: 'not complete (the time was up): 0 orders',
  },
  'it was stopped before it began': {
    options: { signal: stopped.signal },
    certificate: { isComplete: false, orders: 0, bound: 'aborted', switches: undefined },
    text: 'not complete (it was stopped): 0 orders',
  },
  'the keys are checked': {
    options: { touches: () => ({ reads: ['n'] }) },
    certificate: { isComplete: true, orders: 1, isReduced: true },
    text: 'complete under the declared keys: 1 order, which stands for all (checked against all 20)',
  },
  'the keys are checked in part': {
    options: { touches: () => ({ reads: ['n'] }), checkedUpTo: 5 },
    certificate: { isComplete: true, orders: 1, isReduced: true },
    text: 'complete under the declared keys: 1 order, which stands for all (checked against the first 5)',
  },
  'the keys are believed': {
    options: { touches: () => ({ reads: ['n'] }), checkedUpTo: 0 },
    certificate: { isComplete: true, orders: 1, isReduced: true },
    text: 'complete under the declared keys: 1 order, which stands for all (not checked)',
  },
};

describe('The certificate', () => {
  for (const [title, { options, certificate, text }] of cases('says what was shown where {case}', bounds)) {
    it(
      title,
      explored(
        t,
        threeEach,
        (exploration) => {
          expect(exploration.failure?.error).to.equal(undefined);
          expect(exploration.certificate).to.include(certificate);
          expect(spoken(exploration.certificate)).to.equal(text);
        },
        options,
      ),
    );
  }

  it('says how many runs were cut short under keys', () => {
    const certificate = { isComplete: true, orders: 36, isReduced: true, switches: undefined };

    expect(spoken({ ...certificate, cutShort: 1 })).to.equal(
      'complete under the declared keys: 36 orders, which stand for all (not checked; 1 more run was cut short)',
    );
    expect(spoken({ ...certificate, cutShort: 1_200, checked: { orders: 90, isAll: true } })).to.equal(
      'complete under the declared keys: 36 orders, which stand for all (checked against all 90; 1,200 more runs were cut short)',
    );
  });

  it(
    'does not call complete what ended with a failure',
    explored(
      t,
      async (test) => {
        await threeEach(test);
        expect(test.told).to.not.equal('a b a b c c');
      },
      ({ certificate, failure }) => {
        expect(failure?.error).to.be.an('error');
        expect(certificate).to.include({ isComplete: false, bound: 'failure' });
        expect(spoken(certificate)).to.match(/^not complete \(it ended with an order that fails\): \d+ orders/);
      },
    ),
  );

  it(
    'does not call complete what was stopped in the middle of an order, and tells how far that one had come',
    t.trials(
      async ({ run }) => {
        const { exploreOrders } = await import('./explore-orders.ts');
        const stop = new AbortController();
        let runs = 0;

        const { certificate, failure, stoppedIn } = await exploreOrders(
          () =>
            run(async (test) => {
              runs += 1;
              if (runs < 5) return threeEach(test);
              const board = await test.get(Board);
              const open = Promise.withResolvers<void>();
              await race({
                one: async () => {
                  await board.note('a');
                  stop.abort(new Error('enough'));
                  await open.promise;
                },
                other: () => board.note('b'),
              });
            }),
          { signal: stop.signal },
        );

        expect(failure?.error).to.equal(undefined);
        expect(certificate).to.include({ isComplete: false, bound: 'aborted', orders: 3 });
        expect(stoppedIn?.steps.map(({ actor, what }) => `${actor}: ${what}`)).to.deep.equal(['one: Board.note']);
      },
      { within: 5_000 },
    ),
  );
});
