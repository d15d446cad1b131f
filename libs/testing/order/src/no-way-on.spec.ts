import { race } from '#testing/concurrency';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { spoken } from './certificate.ts';
import { Board, BoardTest, explored } from './fixtures/board-test.ts';

type Flag = { readonly isUp: Promise<void>; raise(): void };

class WaitingTest extends BoardTest {
  readonly #held = new Map<string, Flag>();

  /** A lock that answers as soon as nobody else has it. */
  async take(name: string): Promise<void> {
    for (let held = this.#held.get(name); held !== undefined; held = this.#held.get(name)) await held.isUp;
    this.#held.set(name, this.flag());
  }

  giveBack(name: string): void {
    this.#held.get(name)?.raise();
    this.#held.delete(name);
  }

  flag(): Flag {
    const { promise, resolve } = Promise.withResolvers<void>();
    return { isUp: promise, raise: resolve };
  }

  /** Takes two locks, one after the other. */
  async inBoth(board: Board, [first, second]: readonly [string, string]): Promise<void> {
    await board.note(`wants ${first}`);
    await this.take(first);
    await board.note(`wants ${second}`);
    await this.take(second);
    this.giveBack(second);
    this.giveBack(first);
  }

  /** Asks until there is something, as often as it takes. */
  async poll(board: Board, pause?: number): Promise<void> {
    while ((await board.read('done')) === 0) if (pause !== undefined) await this.clock.sleep(pause);
  }
}

const t = WaitingTest.install();

describe('A deadlock', () => {
  it(
    'of two who take two locks in opposite order is told with their last steps, in an order with one switch',
    explored(
      t,
      async ({ get, inBoth }) => {
        const board = await get(Board);

        await race({ one: () => inBoth(board, ['a', 'b']), other: () => inBoth(board, ['b', 'a']) });
      },
      ({ failure }) => {
        expect(String(failure?.error)).to.equal(
          [
            'Deadlock: Deadlock: one, other cannot go on, because no port is called, no timer is set, and nothing real is under way.',
            '  the last step of one: Board.note',
            '  the last step of other: Board.note',
          ].join('\n'),
        );
        expect(failure).to.include({ switches: 1, isSmallest: true });
      },
    ),
  );

  it(
    'is none where both take them in the same order',
    explored(
      t,
      async ({ get, inBoth }) => {
        const board = await get(Board);

        await race({ one: () => inBoth(board, ['a', 'b']), other: () => inBoth(board, ['a', 'b']) });
      },
      ({ failure, certificate }) => {
        expect(failure?.error).to.equal(undefined);
        expect(certificate.isComplete).to.equal(true);
      },
    ),
  );

  it(
    'is a wake-up that is lost because it comes before the sleep',
    explored(
      t,
      async ({ get, flag }) => {
        const board = await get(Board);
        let waiting: Flag | undefined;

        await race({
          sleeper: async () => {
            if ((await board.read('done')) === 1) return;
            await board.note('goes to sleep');
            waiting = flag();
            await waiting.isUp;
          },
          waker: async () => {
            await board.write('done', 1);
            waiting?.raise();
          },
        });
      },
      ({ failure }) => {
        expect(String(failure?.error)).to.match(/^Deadlock: Deadlock: sleeper cannot go on/);
        expect(failure?.switches).to.equal(1);
      },
    ),
  );

  it(
    'tells the calls of ports that nobody answers, and where they are made',
    explored(
      t,
      async ({ get, script }) => {
        script(Board, 'read').hangsUntilAborted();
        const board = await get(Board);

        await race({ asks: () => board.read('n'), other: () => board.note('a') });
      },
      ({ failure }) =>
        expect(String(failure?.error)).to.match(
          /\n {2}waits for Board\.read, called at .*no-way-on\.spec\.ts:\d+:\d+\)?\n {2}the last step of asks: Board\.read$/,
        ),
    ),
  );
});

describe('No deadlock', () => {
  const slow = {
    'a real timer': () => new Promise((resolve) => setTimeout(resolve, 20)),
    'work of the event loop': () => new Promise((resolve) => setImmediate(() => setImmediate(resolve))),
    'work in another thread': () => crypto.subtle.digest('SHA-256', new Uint8Array(1_000_000)),
  } as const;

  for (const [title, work] of cases('is {case} that takes long', slow)) {
    it(
      title,
      explored(
        t,
        async ({ get, notes }) => {
          const board = await get(Board);

          await race({ slow: () => work().then(() => notes.push('slow')), other: () => board.note('a') });

          expect(notes).to.have.members(['slow', 'a']);
        },
        ({ failure }) => expect(failure?.error).to.equal(undefined),
      ),
    );
  }
});

describe('A livelock', () => {
  for (const [title, pause] of cases('is somebody who asks for what nobody does, {case}', {
    'without a pause': undefined,
    'with pauses': 100,
  })) {
    it(
      title,
      explored(
        t,
        async ({ get, poll }) => {
          const board = await get(Board);

          await race({ asks: () => poll(board, pause), other: () => board.note('a') });
        },
        ({ failure }) => {
          expect(String(failure?.error)).to.match(/^Livelock: Livelock: no end after 100 steps, although everybody/);
          expect(String(failure?.error)).to.include('\n  asks: Board.read');
        },
        { steps: 100 },
      ),
    );
  }

  it(
    'is told also of somebody who tries again whatever fails',
    explored(
      t,
      async ({ get }) => {
        const board = await get(Board);
        const stubborn = async (): Promise<void> => {
          for (let done = 0; done === 0;) done = await board.read('done').catch(() => 0);
        };

        await race({ asks: stubborn, other: () => board.note('a') });
      },
      ({ failure }) => expect(String(failure?.error)).to.match(/^Livelock: /),
      { steps: 100 },
    ),
  );

  it(
    'is none where somebody asks until the other is done, however the orders go on',
    explored(
      t,
      async ({ get, poll }) => {
        const board = await get(Board);

        await race({ asks: () => poll(board), other: () => board.write('done', 1) });
      },
      ({ failure, certificate }) => {
        expect(failure?.error).to.equal(undefined);
        expect(certificate).to.include({ isComplete: false, bound: 'steps' });
        expect(certificate.switches).to.be.at.least(2);
      },
      { steps: 150 },
    ),
  );

  it(
    'is none where somebody asks until time has passed',
    explored(
      t,
      async ({ get, poll, clock }) => {
        const board = await get(Board);
        const sleepy = async (): Promise<void> => {
          for (let naps = 0; naps < 5; naps += 1) await clock.sleep(1_000);
          await board.write('done', 1);
        };

        await race({ asks: () => poll(board), other: sleepy });
      },
      ({ failure, certificate }) => {
        expect(failure?.error).to.equal(undefined);
        expect(spoken(certificate)).to.match(/^not complete/);
      },
      { orders: 40, steps: 300, sample: { orders: 20 } },
    ),
  );
});
