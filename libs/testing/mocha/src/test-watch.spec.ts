import { realPause, runningTest, type Detector } from '#testing/runtime';
import { expect } from 'chai';
import { add, run } from './testing/run-under-watch.ts';

describe('A test under watch', () => {
  it('is judged in time that is not its own', async () => {
    const slow: Detector = {
      name: 'leaks',
      testEnds: async ({ title }) => {
        if (title.startsWith('hook')) return;
        await realPause(120);
        if (title === 'two') throw new Error('a leak');
      },
    };

    const { passes, failures } = await run(
      (root) => {
        add(root, 'one', () => {});
        add(root, 'two', () => {});
      },
      [slow],
    );

    expect([passes, failures]).to.deep.equal([['one'], ['two: a leak']]);
  });

  it('is over for what it still does as soon as it is done, and can be failed for it until detectors have judged it', async () => {
    const seen: unknown[] = [];
    const judge: Detector = {
      name: 'leaks',
      testEnds: (test) => {
        seen.push(test.isOver, test.isJudged);
        test.fail(new Error('called too late'));
      },
    };

    const { failures } = await run((root) => add(root, 'one', () => seen.push(runningTest()?.isOver)), [judge]);

    expect(seen).to.deep.equal([false, true, false]);
    expect(failures).to.deep.equal(['one: called too late']);
  });
});
