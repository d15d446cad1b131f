import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { spoken } from './certificate.ts';
import { Board, BoardTest, endings, explored, Transaction } from './fixtures/board-test.ts';

const t = BoardTest.install();

describe('What is put in order', () => {
  it(
    'are several calls of one actor that are open at once, too',
    endings(
      t,
      async ({ get }) => {
        const board = await get(Board);

        await race({
          one: () => Promise.all([board.note('a'), board.note('b')]),
          other: () => board.note('c'),
        });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['a b c', 'a c b', 'b a c', 'b c a', 'c a b', 'c b a']);
        expect(spoken(certificate)).to.equal('complete: 6 of 6 orders');
      },
    ),
  );

  it(
    'is the end of work that a port was given, before its effect can be seen',
    endings(
      t,
      async ({ get }) => {
        const [board, transaction] = [await get(Board), await get(Transaction)];

        await race({
          one: () => transaction.run((open) => open.note('commit')),
          other: () => board.note('other'),
        });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['commit other', 'other commit']);
        expect(certificate).to.include({ isComplete: true, orders: 4 }); // run, note, ends, and other in four places
      },
    ),
  );

  it(
    'is the end of work that failed, too, and the failure stays the same',
    explored(
      t,
      async ({ get, told }) => {
        const [board, transaction] = [await get(Board), await get(Transaction)];

        const outcomes = await race({
          one: () =>
            transaction.run(async (open) => {
              await open.note('commit');
              throw new Error('no more');
            }),
          other: () => board.note('other'),
        });

        expect(told).to.not.include('commit');
        expect(String(outcomes)).to.include('no more');
      },
      ({ certificate, failure }) => {
        expect(failure?.error).to.equal(undefined);
        expect(certificate).to.include({ isComplete: true, orders: 4 });
      },
    ),
  );

  it(
    'are answers as well, where it is asked for: one may come later than something that happened after it',
    endings(
      t,
      async ({ get, notes }) => {
        const board = await get(Board);

        await race({
          reader: async () => notes.push(`read ${await board.read('n')} of ${notes.length}`),
          writer: async () => {
            await board.write('n', 1);
            await board.note('written');
          },
        });
      },
      (ends) =>
        expect(ends).to.deep.equal([
          'read 0 of 0 written',
          'read 1 of 0 written',
          'written read 0 of 1',
          'written read 1 of 1',
        ]),
      { answers: true },
    ),
  );

  it(
    'are no answers where it is not: an answer comes at once',
    endings(
      t,
      async ({ get, notes }) => {
        const board = await get(Board);

        await race({
          reader: async () => notes.push(`read ${await board.read('n')}`),
          writer: async () => {
            await board.write('n', 1);
            await board.note('written');
          },
        });
      },
      (ends) => expect(ends).to.deep.equal(['read 0 written', 'read 1 written', 'written read 1']),
    ),
  );

  it(
    'are calls of methods that answer promises without being async, as soon as it is known of them',
    endings(
      t,
      async ({ get }) => {
        const board = await get(Board);

        await race({ one: () => board.noteLater('a'), other: () => board.noteLater('b') });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['a b', 'b a']);
        expect(spoken(certificate)).to.equal('complete: 2 of 2 orders');
      },
    ),
  );

  it(
    'are those that are known only from an order that came later',
    endings(
      t,
      async ({ get }) => {
        const board = await get(Board);

        await race({
          one: async () => {
            await board.write('n', 1);
            await board.note('a');
          },
          other: async () => {
            if ((await board.read('n')) === 0) await board.noteLater('b');
          },
        });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['a', 'a b', 'b a']);
        expect(spoken(certificate)).to.equal('complete: 5 of 5 orders');
      },
    ),
  );

  it(
    'are no calls that answer at once, and where there are no others nothing is certified',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);

        await race({ one: () => board.now(), other: () => board.now() });
      },
      ({ certificate, failure }) => {
        expect(certificate.isComplete).to.equal(false);
        expect(String(failure?.error)).to.include('no racer has called a port that answers later');
      },
    ),
  );

  it(
    'are the starts of racers that prepare something first',
    endings(
      t,
      async ({ get }) => {
        const board = await get(Board);
        const racing =
          (name: string) =>
          async ({ start }: { start(): Promise<void> }): Promise<void> => {
            await start();
            await board.note(name);
          };

        await race({ one: racing('a'), other: racing('b') });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['a b', 'b a']);
        expect(certificate).to.include({ isComplete: true, orders: 6 });
      },
    ),
  );
});
