import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { counter, type CounterOp } from './fixtures/models.ts';
import { History } from './history.ts';
import { judgedRun } from './judged-run.ts';

const t = AsyncTestBase.install();

const told = (...answers: readonly number[]): History<CounterOp, number> => {
  const history = new History<CounterOp, number>();
  for (const answer of answers) history.invoke('one', 'increment').answered(answer);
  return history;
};
const failureOf = (run: Promise<void>): Promise<string> =>
  run.then(
    () => 'none',
    (error: Error) => error.message,
  );

describe('A run that is judged', () => {
  const judged = { model: counter, limits: undefined };

  it(
    'comes to its end before it fails for its history',
    t.test(async () => {
      const ends: unknown[] = [];
      const trial = (body: (test: string) => Promise<void>): Promise<void> =>
        body('a test').then(
          () => void ends.push('clean'),
          (error: unknown) => void ends.push(error),
        );

      expect(await failureOf(judgedRun(trial, async () => told(1, 2), judged))).to.equal('none');
      expect(await failureOf(judgedRun(trial, async () => told(1, 1), judged))).to.include(
        'was answered 1 to increment',
      );
      expect(await failureOf(judgedRun(trial, () => Promise.reject(new Error('no history')), judged))).to.equal(
        'no history',
      );
      expect(ends).to.deep.equal(['clean', 'clean', 'clean']);
    }),
  );

  it(
    'fails for what the trial leaves behind, whatever the history is',
    t.test(async () => {
      const trial = async (body: (test: string) => Promise<void>): Promise<void> => {
        await body('a test');
        throw new Error('a leak');
      };

      expect(await failureOf(judgedRun(trial, async () => told(1), judged))).to.equal('a leak');
      expect(await failureOf(judgedRun(trial, () => Promise.reject(new Error('a deadlock')), judged)))
        .to.include('a deadlock')
        .and.include('a leak');
    }),
  );

  it(
    'fails when there is no verdict, or no history at all',
    t.test(async () => {
      const trial = (body: (test: string) => Promise<void>): Promise<void> => body('a test');
      const few = { ...judged, limits: { steps: 1 } };

      expect(await failureOf(judgedRun(trial, async () => told(1, 1), few))).to.include('No verdict after 1 steps');
      expect(
        await failureOf(
          judgedRun(
            async () => {},
            async () => told(1),
            judged,
          ),
        ),
      ).to.include('without running its body');
    }),
  );
});
