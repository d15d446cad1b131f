import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { Board, BoardTest, endings, explored } from './fixtures/board-test.ts';

const t = BoardTest.install();

describe('Races of one scenario', () => {
  it(
    'that come one after the other are explored together',
    endings(
      t,
      async ({ get }) => {
        const board = await get(Board);

        await race({ one: () => board.note('a'), other: () => board.note('b') });
        await race({ one: () => board.note('c'), other: () => board.note('d') });
      },
      (ends) => expect(ends).to.deep.equal(['a b c d', 'a b d c', 'b a c d', 'b a d c']),
    ),
  );

  it(
    'are refused inside of each other, also where nobody looks at how the racers ended',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);

        await race({
          one: () => race({ inner: () => board.note('a'), innermost: () => board.note('b') }),
          other: () => board.note('c'),
        });
      },
      ({ failure, certificate }) => {
        expect(String(failure?.error)).to.include('A race inside of a racer has no order of its own');
        expect(certificate.isComplete).to.equal(false);
      },
    ),
  );

  it(
    'are needed',
    explored(
      t,
      async ({ get }) => (await get(Board)).note('alone'),
      ({ failure }) => expect(String(failure?.error)).to.include('the scenario has no `race` of #testing/concurrency'),
    ),
  );

  it(
    'are not to blame for what fails before them',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);
        expect(await board.read('n')).to.equal(7);

        await race({ one: () => board.note('a'), other: () => board.note('b') });
      },
      ({ failure }) => {
        expect(String(failure?.error)).to.equal('AssertionError: expected +0 to equal 7');
        expect(failure?.steps).to.deep.equal([]);
      },
    ),
  );
});
