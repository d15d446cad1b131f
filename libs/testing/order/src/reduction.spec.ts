import { race } from '#testing/concurrency';
import type { PortCall } from '#testing/container';
import { expect } from 'chai';
import { Bells, Board, BoardTest, endings, explored, Transaction } from './fixtures/board-test.ts';
import type { Keys } from './step.ts';

const t = BoardTest.install();

/** Each number is a key of its own. */
function byName({ method, args }: PortCall): Keys | undefined {
  if (method === 'read') return { reads: [String(args[0])] };
  return method === 'write' ? { writes: [String(args[0])] } : undefined;
}

async function increment(board: Board, key: string): Promise<void> {
  await board.write(key, (await board.read(key)) + 1);
}

describe('Declared keys', () => {
  it(
    'let one order stand for those that nobody can tell apart',
    explored(
      t,
      async ({ get, values }) => {
        const board = await get(Board);

        await race({ one: () => increment(board, 'a'), other: () => increment(board, 'b') });

        expect([...values].toSorted()).to.deep.equal([
          ['a', 1],
          ['b', 1],
        ]);
      },
      ({ certificate }) =>
        expect(certificate).to.deep.include({
          isComplete: true,
          isReduced: true,
          orders: 1,
          checked: { orders: 6, isAll: true },
        }),
      { touches: byName },
    ),
  );

  it(
    'lose no fault, and it is told with as few switches as there are',
    explored(
      t,
      async ({ get, values }) => {
        const board = await get(Board);

        await race({ one: () => increment(board, 'a'), other: () => increment(board, 'a') });

        expect(values.get('a')).to.equal(2);
      },
      ({ failure }) => {
        expect(String(failure?.error)).to.equal('AssertionError: expected 1 to equal 2');
        expect(failure).to.include({ switches: 1, isSmallest: true });
      },
      { touches: byName },
    ),
  );

  it(
    'that leave one out are found by the search without them',
    explored(
      t,
      async ({ get, values }) => {
        const board = await get(Board);

        await race({ one: () => increment(board, 'a'), other: () => increment(board, 'a') });

        expect(values.get('a')).to.equal(2);
      },
      ({ failure, certificate }) => {
        const error = failure?.error as Error;
        expect(error.message).to.match(/^The declared keys leave something out/);
        expect(String(error.cause)).to.equal('AssertionError: expected 1 to equal 2');
        expect(failure).to.include({ switches: 1 });
        expect(certificate).to.include({ isComplete: false, bound: 'failure' });
      },
      { touches: ({ method, args }) => (method === 'read' ? { reads: [String(args[0])] } : {}) },
    ),
  );

  it(
    'say nothing of whom a step lets go on: who waits for the first of two sees either come first',
    endings(
      t,
      async ({ get }) => {
        const [board, bells] = [await get(Board), await get(Bells)];

        await race({
          listener: async () => board.note(await bells.first(['a', 'b'])),
          one: () => bells.ring('a'),
          other: () => bells.ring('b'),
        });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['a', 'a at last', 'b', 'b at last']);
        expect(certificate.isComplete).to.equal(true);
      },
      {
        touches: ({ method, args }) => ({ [method === 'ring' ? 'writes' : 'reads']: args.flat().map(String) }),
        checkedUpTo: 0,
      },
    ),
  );

  it(
    'say nothing of whose code runs on: who hears of two steps may hear of either first',
    endings(
      t,
      async ({ get, notes }) => {
        const board = await get(Board);
        const [a, b] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];

        await race({
          listener: async () => {
            const heard = async (name: string, { promise }: typeof a): Promise<void> => {
              await promise;
              notes.push(name);
              await board.read(`of the listener, ${name}`);
            };
            await Promise.all([heard('a', a), heard('b', b)]);
          },
          one: async () => a.resolve(await board.write('a', 1)),
          other: async () => b.resolve(await board.write('b', 1)),
        });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['a b', 'b a']);
        expect(certificate.isComplete).to.equal(true);
      },
      { touches: byName, checkedUpTo: 0 },
    ),
  );

  it(
    'leave out no time-out, though nobody waits for it any more after the first step',
    endings(
      t,
      async ({ get, clock, notes }) => {
        const board = await get(Board);

        await race({
          one: async () => {
            const given = new AbortController();
            const late = clock.sleep(10, given.signal).then(
              () => 'late',
              () => 'in time',
            );
            await board.write('a', 1);
            given.abort();
            notes.push(await late);
          },
          other: () => board.read('b'),
        });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['in time', 'late']);
        expect(certificate.isComplete).to.equal(true);
      },
      { touches: byName, checkedUpTo: 0 },
    ),
  );

  it(
    'of a transaction are those of its calls, at its end',
    endings(
      t,
      async ({ get }) => {
        const [board, transaction] = [await get(Board), await get(Transaction)];

        await race({
          one: () => transaction.run((open) => open.note('commit')),
          other: () => board.note('other'),
          reader: () => board.read('n'),
        });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['commit other', 'other commit']);
        expect(certificate).to.include({ isComplete: true, orders: 4 }); // other's step stands in one of four places, whenever the reader reads
      },
      { touches: ({ method }) => (method === 'read' ? { reads: ['n'] } : { writes: ['notes'] }) },
    ),
  );
});
