import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { spoken } from './certificate.ts';
import { Board, BoardTest, endings, explored } from './fixtures/board-test.ts';

class PatientTest extends BoardTest {
  /** Notes the answer, or that it did not come within a second. */
  async ask(board: Board): Promise<void> {
    const stop = new AbortController();
    const first = await Promise.race([
      board.read('n').then(() => 'answered'),
      this.clock.sleep(1_000, stop.signal).then(
        () => 'timed out',
        () => '',
      ),
    ]);
    stop.abort();
    this.notes.push(first);
  }
}

const t = PatientTest.install();

describe('Time', () => {
  it(
    'races the answer that a timeout is for',
    endings(
      t,
      async ({ get, ask }) => {
        const board = await get(Board);

        await race({ one: () => ask(board), other: () => {} });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['answered', 'timed out']);
        expect(spoken(certificate)).to.equal('complete: 2 of 2 orders');
      },
    ),
  );

  it(
    'passes only where nothing else can be done, if it may not pass early: then that is no complete search',
    endings(
      t,
      async ({ get, ask }) => {
        const board = await get(Board);

        await race({ one: () => ask(board), other: () => {} });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['answered']);
        expect(certificate).to.include({ isComplete: false, bound: 'timers', switches: 0 });
      },
      { earlyTimers: 0 },
    ),
  );

  it(
    'wakes sleepers in the order of their time, with everybody else in between',
    endings(
      t,
      async ({ get, clock }) => {
        const board = await get(Board);
        const after = (milliseconds: number, text: string) => async (): Promise<void> => {
          await clock.sleep(milliseconds);
          await board.note(text);
        };

        await race({ early: after(10, 'a'), late: after(20, 'b'), now: () => board.note('c') });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['a b c', 'a c b', 'b a c', 'b c a', 'c a b', 'c b a']);
        expect(certificate.isComplete).to.equal(true);
      },
    ),
  );

  it(
    'may pass early also where it has passed often because nothing else could be done',
    endings(
      t,
      async ({ get, ask, clock }) => {
        const board = await get(Board);
        const late = async (): Promise<void> => {
          for (let naps = 0; naps < 5; naps += 1) await clock.sleep(10);
          await ask(board);
        };

        await race({ one: late, other: () => {} });
      },
      (ends, { certificate }) => {
        expect(ends).to.deep.equal(['answered', 'timed out']);
        expect(spoken(certificate)).to.equal('complete: 2 of 2 orders');
      },
    ),
  );

  it(
    'is as it was, for each order',
    explored(
      t,
      async ({ get, clock }) => {
        const board = await get(Board);
        expect(clock.now()).to.deep.equal(new Date('2026-01-01T00:00:00.000Z'));

        await race({ one: () => clock.sleep(5), other: () => board.note('a') });
      },
      ({ failure }) => expect(failure?.error).to.equal(undefined),
    ),
  );
});
