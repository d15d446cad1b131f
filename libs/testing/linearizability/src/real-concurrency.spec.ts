import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { RealConcurrency } from './real-concurrency.ts';
import { OutOfTime } from './tries.ts';

const t = AsyncTestBase.install();

describe('Real concurrency', () => {
  it(
    'is tried so many times, up to the first failure',
    t.test(async ({ signal }) => {
      const tries = new RealConcurrency(5, signal);
      const error = new Error('the third');
      let runs = 0;

      const none = await tries.all(async () => void (runs += 1), Infinity);
      const failure = await tries.all(() => ((runs += 1) === 8 ? Promise.reject(error) : Promise.resolve()), Infinity);

      expect(none).to.equal(undefined);
      expect(failure?.error).to.equal(error);
      expect(tries.told().done).to.equal('8 runs');
    }),
  );

  it(
    'ends with its time and with its test',
    t.test(async () => {
      const stop = new AbortController();
      const tries = new RealConcurrency(5, stop.signal);

      await tries.all(async () => {}, 0);
      await tries.all(async () => stop.abort(), Infinity);

      expect(tries.told()).to.include({ ran: 1, done: '1 runs' });
    }),
  );

  it(
    'has found nothing in a run that the end of the test has broken off',
    t.test(async () => {
      const stop = new AbortController();
      const tries = new RealConcurrency(5, stop.signal);
      const stopped = async (): Promise<void> => {
        stop.abort();
        throw new Error('aborted');
      };

      const error = await tries.all(stopped, Infinity).catch((error: unknown) => error);

      expect(error).to.be.instanceOf(OutOfTime);
      expect(tries.told().ran).to.equal(0);
    }),
  );
});
