import { outsideTests, runningTest, type RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { AsyncTestBase } from './async-test-base.ts';
import { asMochaWould, messageOf } from './testing/as-mocha-would.ts';

class PlainTest extends AsyncTestBase {}
const plain = PlainTest.install();

describe('A test without the plugin', () => {
  it('is over at its end, also where it fails', async () => {
    let owner: RunningTest | undefined;

    const outcome = await outsideTests(() =>
      asMochaWould(plain, () => {
        owner = runningTest();
        throw new Error('no');
      }),
    );

    expect(messageOf(outcome)).to.equal('no');
    expect(owner?.isOver).to.equal(true);
  });

  it('fails for what it is blamed for while it runs', async () => {
    const outcome = await outsideTests(() => asMochaWould(plain, () => runningTest()?.fail(new Error('a late call'))));

    expect(messageOf(outcome)).to.equal('a late call');
  });

  it('leaves its limit to the next try, however long it took', async () => {
    let limit: (() => number) | undefined;

    await outsideTests(() =>
      asMochaWould(
        plain,
        function ({ signal }) {
          limit = () => this.timeout();
          return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        },
        50,
      ),
    );

    expect(limit?.()).to.equal(50);
  });
});
