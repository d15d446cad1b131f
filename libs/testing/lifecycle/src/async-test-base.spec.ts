import { expect } from 'chai';
import Mocha from 'mocha';
import { inTest, realPause, RunningTest } from '#testing/runtime';
import { AsyncTestBase } from './async-test-base.ts';
import { asMochaWould, messageOf } from './testing/as-mocha-would.ts';

class SampleTest extends AsyncTestBase {
  readonly steps: string[] = [];

  protected override setUp(): void {
    this.steps.push('set up');
  }

  visit(device: string): readonly string[] {
    this.steps.push(device);
    return this.steps;
  }

  protected override verify(): void {
    this.steps.push('verify');
  }
}

const sample = SampleTest.install();

const run = (body: (this: Mocha.Context, test: SampleTest) => unknown, limitMs?: number): Promise<unknown> =>
  asMochaWould(sample, body, limitMs);

describe('AsyncTestBase', () => {
  it('tells clean-ups of a test that skips itself that it did not fail', async () => {
    const told: boolean[] = [];

    await run(({ defer }) => {
      defer(({ failed }) => told.push(failed));
      Reflect.apply(Mocha.Runnable.prototype.skip, new Mocha.Runnable('one'), []);
    });

    expect(told).to.deep.equal([false]);
  });

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

  it('releases at once what a test opens behind its end', async () => {
    const opening = Promise.withResolvers<AsyncDisposable>();
    const released: string[] = [];
    let late: Promise<unknown> | undefined;

    await run(({ use }) => {
      late = use(opening.promise).catch((error: unknown) => error);
      return new Promise(() => {});
    }, 50);
    opening.resolve({ [Symbol.asyncDispose]: async () => void released.push('late') });

    expect(messageOf(await late)).to.include('The test is over');
    expect(released).to.deep.equal(['late']);
  });

  it('stops by its signal what it has started, when the last clean-up has run', async () => {
    const seen: unknown[] = [];

    const outcome = await run(({ signal, defer, clock }) => {
      signal.addEventListener('abort', () => seen.push('stopped'));
      clock.sleep(1_000, signal).catch(({ message }: Error) => seen.push(message));
      defer(() => seen.push('cleaned'));
    });

    expect(outcome).to.equal('passed');
    expect(seen).to.deep.equal(['cleaned', 'stopped', 'The test is over.']);
  });

  it('is stopped, and cleaned up as one that failed, when something fails that nobody waits for', async () => {
    const owner = new RunningTest({ title: 'one' });
    const orphan = new Error('nobody waits');
    const told: unknown[] = [];

    const outcome = await inTest(owner, () =>
      run(({ signal, defer }) => {
        defer((how) => told.push(how));
        signal.addEventListener('abort', () => told.push(signal.reason));
        owner.fail(orphan);
        return realPause(1);
      }),
    );

    expect(outcome).to.equal('passed');
    expect(told).to.deep.equal([orphan, { failed: true, error: orphan }]);
  });

  it('offers methods of its class that can be taken out of it', async () => {
    const cleaned: string[] = [];

    const outcome = await run(async ({ visit, defer }) => {
      defer(() => cleaned.push('after'));
      expect(visit('r1')).to.deep.equal(['set up', 'r1']);
    });

    expect(outcome).to.equal('passed');
    expect(cleaned).to.deep.equal(['after']);
  });

  it('cleans up what a setting up had opened that fails half-way', async () => {
    const released: string[] = [];
    class HalfwayTest extends AsyncTestBase {
      protected override async setUp(): Promise<void> {
        this.defer(() => released.push('first half'));
        throw new Error('no second half');
      }
    }

    const outcome = await asMochaWould(HalfwayTest.install(), () => released.push('body'));

    expect(messageOf(outcome)).to.equal('no second half');
    expect(released).to.deep.equal(['first half']);
  });

  it('cleans up when a part cannot be prepared', async () => {
    const released: string[] = [];
    class UnpreparedTest extends AsyncTestBase {
      readonly server = this.part({ prepare: () => Promise.reject(new Error('no server')) });
      readonly deferred = this.defer(() => released.push('field'));
    }

    const outcome = await asMochaWould(UnpreparedTest.install(), () => released.push('body'));

    expect(messageOf(outcome)).to.equal('no server');
    expect(released).to.deep.equal(['field']);
  });

  it('names a clean-up that takes too long by the line that deferred it', async () => {
    class ImpatientTest extends AsyncTestBase {
      protected override readonly cleanUpLimitMs = 5;
    }

    const outcome = await asMochaWould(ImpatientTest.install(), ({ defer }) => defer(() => new Promise(() => {})));

    expect(messageOf(outcome)).to.match(
      /^the clean-up that was deferred at .*async-test-base\.spec\.ts:\d+:\d+\)? took/,
    );
  });

  it('gives one clean-up the time that it asks for', async () => {
    class ImpatientTest extends AsyncTestBase {
      protected override readonly cleanUpLimitMs = 1;
    }
    const slow = { [Symbol.asyncDispose]: () => realPause(20) };

    const outcome = await asMochaWould(ImpatientTest.install(), ({ use }) => use(slow, { within: 5_000 }));

    expect(outcome).to.equal('passed');
  });
});
