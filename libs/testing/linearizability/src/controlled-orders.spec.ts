import { expect } from 'chai';
import { race } from '#testing/concurrency';
import { AsyncTestBase } from '#testing/lifecycle';
import { realTime, realTurn } from '#testing/runtime';
import { ControlledOrders } from './controlled-orders.ts';
import { OutOfTime } from './tries.ts';

const t = AsyncTestBase.install();
const LONGER_MS = 5;

describe('Orders that are chosen', () => {
  it(
    'are none where time was up before the first had ended',
    t.test(async ({ signal }) => {
      const tries = new ControlledOrders({ signal });
      const slow = async (): Promise<void> => {
        const end = realTime.now() + LONGER_MS;
        while (realTime.now() < end) await realTurn();
        await race({ one: ({ start }) => start(), other: ({ start }) => start() });
      };

      const failure = await tries.all(slow, realTime.now());

      expect(failure).to.equal(undefined);
      expect(tries.told()).to.include({
        ran: 0,
        done: '0 orders, complete for 0, limited for 1 by time before one had ended',
      });
    }),
  );

  it(
    'are left in the middle of one when the test ends, which is told with its steps and is no failure',
    t.test(async () => {
      const stop = new AbortController();
      const stopAgain = new AbortController();
      const ends = (end: AbortController) => async (): Promise<void> => {
        await race({ one: ({ start }) => start('begins'), other: ({ start }) => start('begins') });
        end.abort();
        throw new Error('stopped');
      };

      const error = await new ControlledOrders({ signal: stop.signal })
        .all(ends(stop), Infinity)
        .catch((error: unknown) => error);
      const errorAgain = await new ControlledOrders({ signal: stopAgain.signal })
        .again(ends(stopAgain), '0')
        .catch((error: unknown) => error);

      expect(error).to.be.instanceOf(OutOfTime);
      expect((error as Error).message.split('\n').slice(1)).to.deep.equal([
        'It had come so far:',
        '    1  one  begins',
        '    2  other  begins',
      ]);
      expect(errorAgain).to.be.instanceOf(OutOfTime);
    }),
  );
});
