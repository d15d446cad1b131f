import { expect } from 'chai';
import { AsyncTestBase } from './async-test-base.ts';

class SampleTest extends AsyncTestBase {
  readonly steps: string[] = [];

  protected override setUp(): void {
    this.steps.push('set up');
  }

  protected override verify(): void {
    this.steps.push('verify');
  }
}

const sample = SampleTest.install();

/** Runs a test as Mocha would, and hands out what it failed with. */
async function run(body: (test: SampleTest) => unknown, limitMs = 2_000): Promise<unknown> {
  const context = { timeout: () => limitMs } as unknown as Mocha.Context;
  return sample
    .test(body)
    .call(context)
    .then(
      () => 'passed',
      (error: unknown) => error,
    );
}

const messageOf = (failure: unknown): string => (failure as Error).message;

describe('AsyncTestBase', () => {
  it('sets up, runs the body, verifies and then cleans up', async () => {
    let seen: readonly string[] = [];

    const outcome = await run(({ steps, defer }) => {
      seen = steps;
      steps.push('body');
      defer(() => steps.push('clean up'));
    });

    expect(outcome).to.equal('passed');
    expect(seen).to.deep.equal(['set up', 'body', 'verify', 'clean up']);
  });

  it('gives every test an object, a clock and a signal of its own', async () => {
    const tests: SampleTest[] = [];

    await run((test) => tests.push(test));
    await run((test) => tests.push(test));

    expect(tests[0]).not.to.equal(tests[1]);
    expect(tests[0]?.clock).not.to.equal(tests[1]?.clock);
    expect(tests[0]?.signal).not.to.equal(tests[1]?.signal);
  });

  it('releases what it used, newest first, also when the body fails', async () => {
    const released: string[] = [];
    const resource = (name: string): AsyncDisposable => ({
      [Symbol.asyncDispose]: async () => void released.push(name),
    });
    const failure = new Error('the body fails');

    const outcome = await run(async ({ use }) => {
      await use(resource('database'));
      await use(Promise.resolve(resource('server')));
      throw failure;
    });

    expect(outcome).to.equal(failure);
    expect(released).to.deep.equal(['server', 'database']);
  });

  it('runs every clean-up although others fail, and reports all failures with that of the body', async () => {
    const cleaned: string[] = [];

    const outcome = await run(({ defer }) => {
      defer(() => cleaned.push('first'));
      defer(() => Promise.reject(new Error('second clean-up fails')));
      defer(() => {
        throw new Error('third clean-up fails');
      });
      throw new Error('the body fails');
    });

    expect(cleaned).to.deep.equal(['first']);
    expect(messageOf(outcome)).to.include('the body fails').and.include('2 clean-ups failed');
  });

  it('aborts the signal before the time limit, and cleans up', async () => {
    const cleaned: string[] = [];

    const outcome = await run(({ signal, defer }) => {
      defer(() => cleaned.push('released'));
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    }, 210);

    expect(messageOf(outcome)).to.equal('The test was stopped after 10 ms.');
    expect(cleaned).to.deep.equal(['released']);
  });

  it('fails a body that does not end when its signal aborts, and says so', async () => {
    const outcome = await run(() => new Promise(() => {}), 210);

    expect(messageOf(outcome)).to.include('It did not end when its signal aborted.');
  });

  it('releases at once what a test opens behind its end', async () => {
    const opening = Promise.withResolvers<AsyncDisposable>();
    const released: string[] = [];
    let late: Promise<unknown> | undefined;

    await run(({ use }) => {
      late = use(opening.promise).catch((error: unknown) => error);
      return new Promise(() => {});
    }, 210);
    opening.resolve({ [Symbol.asyncDispose]: async () => void released.push('late') });

    expect(messageOf(await late)).to.include('The test is over');
    expect(released).to.deep.equal(['late']);
  });

  it('waits for what comes about', async () => {
    let asked = 0;

    const outcome = await run(async ({ eventually }) => {
      const answer = await eventually({
        what: 'the third answer',
        probe: () => ((asked += 1) === 3 ? 'here' : undefined),
      });
      expect(answer).to.equal('here');
    });

    expect(outcome).to.equal('passed');
    expect(asked).to.equal(3);
  });

  it('says what it waited for and what it saw last when that does not come about', async () => {
    const outcome = await run(({ eventually }) =>
      eventually({ what: 'the worker to stop', probe: () => null, within: 20 }),
    );

    expect(messageOf(outcome)).to.equal('Waited 20 ms for the worker to stop; the last answer was null.');
  });
});
