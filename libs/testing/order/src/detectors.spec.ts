import { race } from '#testing/concurrency';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { Board, BoardTest, explored } from './fixtures/board-test.ts';

const t = BoardTest.install();

const opened: NodeJS.Timeout[] = [];
const forgotten: Promise<void>[] = [];

type Careless = (test: BoardTest, board: Board) => unknown;

const careless: Readonly<Record<string, { readonly act: Careless; readonly told: RegExp }>> = {
  'a timer that is left behind': {
    act: () => opened.push(setInterval(() => {}, 60_000)),
    told: /^LeakError: This was opened and never [^]*(Timeout|timer|interval)/,
  },
  'a failure that nobody waits for': {
    act: () => forgotten.push(Promise.reject(new Error('nobody saw this'))),
    told: /nobody saw this/,
  },
  'a call that comes when its test is over': {
    act: ({ signal }, board) =>
      signal.addEventListener('abort', () => {
        setImmediate(() => forgotten.push(board.note('late')));
      }),
    told: /Board\.note/,
  },
  'a check behind the race': {
    act: ({ notes }) => notes.push('wrong'),
    told: /expected \[ 'wrong' \] to deeply equal \[\]/,
  },
};

describe('In the one order in which it happens, an exploration fails for', () => {
  for (const [title, { act, told }] of cases('{case}', careless)) {
    it(
      title,
      explored(
        t,
        async (test) => {
          const board = await test.get(Board);

          await race({
            one: async () => {
              const before = await board.read('n');
              if ((await board.read('n')) !== before) act(test, board);
            },
            other: () => board.write('n', 1),
          });

          expect(test.notes).to.deep.equal([]);
        },
        ({ failure }) => {
          for (const timer of opened.splice(0)) clearInterval(timer);
          expect(String(failure?.error)).to.match(told);
          expect(failure?.steps.map(({ actor, what }) => `${actor}: ${what}`)).to.deep.equal([
            'one: Board.read',
            'other: Board.write',
            'one: Board.read',
          ]);
        },
      ),
    );
  }
});
