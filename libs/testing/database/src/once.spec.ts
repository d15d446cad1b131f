import { inTest, runningTest, RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { once } from './once.ts';

describe('once', () => {
  it("opens for the first who asks, in nobody's name", async () => {
    const opened: (string | undefined)[] = [];
    const resource = once(async () => opened.push(runningTest()?.title));

    await inTest(new RunningTest({ title: 'first' }), () => Promise.all([resource(), resource()]));

    expect(opened).to.deep.equal([undefined]);
  });

  it('tries again after an opening that failed', async () => {
    let tries = 0;
    const resource = once(async () => {
      tries += 1;
      if (tries === 1) throw new Error('no server');
      return tries;
    });

    const failure = await resource().catch((error: Error) => error.message);

    expect([failure, await resource()]).to.deep.equal(['no server', 2]);
  });
});
