import { inTest, outsideTests, RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { verdict } from './fixtures/verdict.ts';
import { leaks } from './leaks.ts';

const HERE = /leaks\.spec\.ts:\d+:\d+/;

/** Keeps to itself what it is blamed for. */
class SampleTest extends RunningTest {
  readonly told: string[] = [];

  override fail(error: unknown): void {
    this.told.push(String(error));
  }
}

describe('The leak ledger', () => {
  it('says how often where one line leaves several', async () => {
    const timers: NodeJS.Timeout[] = [];

    const said = await verdict(() => {
      for (let count = 0; count < 3; count += 1) timers.push(setTimeout(() => {}, 60_000));
    });
    timers.forEach(clearTimeout);

    expect(said).to.include('- 3 times a timer, ');
  });

  it('knows nothing of what is opened outside of all tests', async () => {
    let timer: NodeJS.Timeout | undefined;

    const said = await verdict(() => outsideTests(() => (timer = setTimeout(() => {}, 60_000))));
    clearTimeout(timer);

    expect(said).to.equal('clean');
  });

  it('judges at the end of the run where hooks come later that may clean up', async () => {
    const test = new SampleTest({ title: 'a sample', isFollowedByHooks: true });
    let timer: NodeJS.Timeout | undefined;

    const atItsEnd = await verdict(() => (timer = setTimeout(() => {}, 60_000)), test);
    await leaks.runEnds?.();
    clearTimeout(timer);

    expect(atItsEnd).to.equal('clean');
    expect(test.told.join()).to.include('- a timer, ').and.match(HERE);
  });

  it('says nothing when those hooks did clean up', async () => {
    const test = new SampleTest({ title: 'a sample', isFollowedByHooks: true });
    let timer: NodeJS.Timeout | undefined;

    await verdict(() => (timer = setTimeout(() => {}, 60_000)), test);
    clearTimeout(timer);
    await leaks.runEnds?.();

    expect(test.told).to.deep.equal([]);
  });

  it('judges at the end of the run what a test opens behind its end', async () => {
    const test = new SampleTest({ title: 'a sample' });

    await verdict(() => {}, test);
    const timer = inTest(test, () => setTimeout(() => {}, 60_000));
    await leaks.runEnds?.();
    clearTimeout(timer);

    expect(test.told.join()).to.include('- a timer, ').and.match(HERE);
  });
});
