import { race } from '#testing/concurrency';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { Board, BoardTest, explored } from './fixtures/board-test.ts';

const t = BoardTest.install();

let calls = 0;

const unsteady = {
  'Date.now': () => Date.now() + performance.now(),
  'new Date()': () => new Date().getTime() + performance.now(),
  'performance.now': () => performance.now(),
  'process.hrtime': () => process.hrtime()[1],
  'crypto.randomBytes': () => randomBytes(8).toString('hex'),
} as const;

class UnsteadyTest extends BoardTest {
  protected override setUp(): void {
    const told = async (): Promise<number> => performance.now();
    const nothing = async (): Promise<void> => {};
    this.override(Board, { read: told, write: nothing, note: nothing, noteLater: nothing, now: () => 0 });
  }
}

const unsteadyBoard = UnsteadyTest.install();

describe('What is not the same the second time', () => {
  for (const [title, draw] of cases('is named with the line that asks for it: {case}', unsteady)) {
    it(
      title,
      explored(
        t,
        async ({ get }) => {
          const board = await get(Board);

          await race({ one: () => board.note(String(draw())), other: () => board.read('n') });
        },
        ({ uncontrolled, failure }) => {
          const name = title.slice(title.lastIndexOf(': ') + 2);

          expect(failure?.error).to.equal(undefined);
          expect(uncontrolled).to.have.lengthOf(1);
          expect(uncontrolled[0]).to.match(/^what one gave to Board\.note was not the same the second time \(/);
          expect(uncontrolled[0])
            .to.include(`${name} at `)
            .and.match(/second-run\.spec\.ts:\d+:\d+/);
        },
      ),
    );
  }

  it(
    'is the answer of an adapter, named with the call',
    explored(
      unsteadyBoard,
      async ({ get }) => {
        const board = await get(Board);

        await race({ one: () => board.read('n'), other: () => board.read('m') });
      },
      ({ uncontrolled }) =>
        expect(uncontrolled[0]).to.match(
          /^what Board\.read answered one was not the same the second time \(performance\.now at .*second-run\.spec\.ts/,
        ),
    ),
  );

  it(
    'may be which steps there are: then no search can be believed, and it says where they part',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);
        calls += 1;
        const isOdd = calls % 2 === 1;

        await race({
          one: () => (isOdd ? board.read('n') : board.note('a')),
          other: () => board.read('m'),
        });
      },
      ({ failure, certificate }) => {
        expect(String(failure?.error)).to.match(
          /^Error: The program does not do the same when it is run in the same order.*\n.*Board\.(read|note)/,
        );
        expect(certificate.isComplete).to.equal(false);
      },
    ),
  );

  it(
    'may be whether it fails',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);
        calls += 1;

        await race({ one: () => board.note('a'), other: () => board.note('b') });

        expect(calls % 2).to.equal(0);
      },
      ({ failure, certificate }) => {
        expect(String(failure?.error)).to.include('The program does not do the same when it is run in the same order');
        expect(certificate.isComplete).to.equal(false);
      },
    ),
  );

  it(
    'is nothing in a program that is under control, however often it is run',
    t.trials(
      async ({ run }) => {
        const { exploreOrders } = await import('./explore-orders.ts');
        let runs = 0;
        const named: string[] = [];

        while (runs < 1_000) {
          const {
            uncontrolled,
            failure,
            runs: some,
          } = await exploreOrders(() =>
            run(async ({ get, clock, signal }) => {
              const board = await get(Board);
              const act = async (): Promise<void> => {
                await board.note(`${clock.now().toISOString()} ${board.now()}`);
                await clock.sleep(10, signal);
                await board.noteLater('b');
              };
              await race({ one: act, other: act });
            }),
          );
          expect(failure?.error).to.equal(undefined);
          named.push(...uncontrolled);
          runs += some;
        }

        expect(named).to.deep.equal([]);
      },
      { within: 10_000 },
    ),
  );
});
