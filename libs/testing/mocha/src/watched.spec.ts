import { onLateFailure, realPause, runningTest, type Detector, type RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import Mocha from 'mocha';
import { add, run, skip, tryAgain } from './testing/run-under-watch.ts';

describe('A body under watch', () => {
  it('runs as the test that it is, with Mocha’s context as this', async () => {
    const seen: unknown[] = [];

    const { passes } = await run((root) =>
      add(root, 'one', async function () {
        await Promise.resolve();
        seen.push(runningTest()?.title, this.test?.title);
      }),
    );

    expect(passes).to.deep.equal(['one']);
    expect(seen).to.deep.equal(['one', 'one']);
  });

  it('passes and fails by its callback as it would without', async () => {
    const { passes, failures } = await run((root) => {
      add(root, 'calls back', (done) => void setImmediate(done));
      add(root, 'calls back with an error', (done) => void setImmediate(() => done(new Error('no'))));
      add(root, 'calls back with a text', (done) => done('no'));
      add(root, 'throws nothing', (_done) => {
        throw undefined;
      });
      add(root, 'calls back and returns a promise', async (done: Mocha.Done) => void setImmediate(done));
    });

    expect(passes).to.deep.equal(['calls back']);
    expect(failures).to.deep.equal([
      'calls back with an error: no',
      'calls back with a text: done() invoked with non-Error: no',
      'throws nothing: The test failed with undefined instead of an error.',
      'calls back and returns a promise: Resolution method is overspecified. Specify a callback *or* return a Promise; not both.',
    ]);
  });

  it('may skip itself, with a callback too', async () => {
    const { pending, failures } = await run((root) => {
      add(root, 'one', function () {
        skip(this);
      });
      add(root, 'two', async function () {
        await Promise.resolve();
        skip(this);
      });
      add(root, 'three', function (_done) {
        skip(this);
      });
    });

    expect([pending, failures]).to.deep.equal([['one', 'two', 'three'], []]);
  });

  it('fails with an error of one’s own, whatever its class is called', async () => {
    class Pending extends Error {}

    const { failures } = await run((root) => {
      add(root, 'one', (done) => done(new Pending('not paid')));
      add(root, 'two', () => Promise.reject(new Pending('not paid')));
    });

    expect(failures).to.deep.equal(['one: not paid', 'two: not paid']);
  });

  it('is tried again as often as it says', async () => {
    let tries = 0;

    const { passes, failures } = await run((root) =>
      add(root, 'third time lucky', function () {
        tryAgain(this);
        tries += 1;
        if (tries < 3) throw new Error('not yet');
      }),
    );

    expect([passes, failures, tries]).to.deep.equal([['third time lucky'], [], 3]);
  });

  it('is tried again with the limit it had, whatever it was raised to meanwhile', async () => {
    const limits: number[] = [];

    await run((root) =>
      add(root, 'one', function () {
        tryAgain(this);
        limits.push(this.timeout());
        this.timeout(5_000);
        throw new Error('not yet');
      }),
    );

    expect(limits).to.deep.equal([100, 100, 100]);
  });

  it('changes its own time limit', async () => {
    const { passes, failures } = await run((root) => {
      add(root, 'longer', function (done) {
        this.timeout(1_000);
        setTimeout(done, 150);
      });
      add(root, 'shorter', function () {
        this.timeout(5);
        return new Promise(() => {});
      });
    });

    expect(passes).to.deep.equal(['longer']);
    expect(failures[0]).to.match(/^shorter: Timeout of 5ms exceeded/);
  });

  it('is over when Mocha has given up on it, before the next hook begins', async () => {
    let test: RunningTest | undefined;
    let later: boolean | undefined;

    await run((root) => {
      const suite = Mocha.Suite.create(root, 'suite');
      suite.afterEach('hook', () => void (later = test?.isOver));
      add(suite, 'stuck', () => {
        test = runningTest();
        return new Promise(() => {});
      }).timeout(5);
    });

    expect(later).to.equal(true);
  });

  it('is watched also when it is added while the suite runs', async () => {
    const seen: unknown[] = [];
    const note = (): void => void seen.push(runningTest()?.title);

    await run((root) => {
      const outer = Mocha.Suite.create(root, 'outer');
      add(outer, 'first', () => {
        const inner = Mocha.Suite.create(outer, 'inner');
        inner.beforeEach('hook', note);
        add(inner, 'added', note);
      });
    });

    expect(seen).to.deep.equal(['outer inner "before each" hook: hook for "added"', 'outer inner added']);
  });

  it('keeps the text that Mocha shows of it', async () => {
    let test: Mocha.Test | undefined;
    const body = (): void => {};

    await run((root) => (test = add(root, 'one', body)));

    expect(test?.body).to.equal(body.toString());
  });

  it('fails for all that went wrong, with frames of its own code only', async () => {
    const leaky: Detector = {
      name: 'leaks',
      testEnds: ({ title }) => {
        expect(title).to.equal('one');
        throw new Error('a timer was left');
      },
    };
    const error = (() => new Error('the body'))();

    const { failures } = await run(
      (root) => {
        add(root, 'one', () => {
          runningTest()?.fail(new Error('nobody waited'));
          throw error;
        });
      },
      [leaky],
    );

    expect(failures).to.deep.equal(['one: the body\na timer was left\nnobody waited']);
    expect(error.stack).to.include('watched.spec.ts').and.not.include('test-watch.ts');
  });

  it('goes on to its end, before the next begins, when something that it started has failed', async () => {
    const steps: string[] = [];
    const slow = async (): Promise<void> => {
      runningTest()?.fail(new Error('left behind'));
      await realPause(5);
      steps.push('the end of one');
    };

    const { passes, failures } = await run((root) => {
      add(root, 'one', slow);
      add(root, 'without a limit', slow).timeout(0);
      add(root, 'next', () => steps.push('next'));
    });

    expect(steps).to.deep.equal(['the end of one', 'the end of one', 'next']);
    expect([passes, failures]).to.deep.equal([['next'], ['one: left behind', 'without a limit: left behind']]);
  });

  it('is over at the first failure where it waits for a callback, as in Mocha', async () => {
    const { failures } = await run((root) =>
      add(root, 'one', (_done) => void setImmediate((test) => test?.fail(new Error('no')), runningTest())),
    );

    expect(failures).to.deep.equal(['one: no']);
  });

  it('loses no failure where Mocha gives up on it', async () => {
    const late: unknown[] = [];
    using _ = onLateFailure(({ error }) => late.push(error));
    const failure = new Error('why it is stuck');

    const { failures } = await run((root) =>
      add(root, 'stuck', () => {
        runningTest()?.fail(failure);
        return new Promise(() => {});
      }).timeout(5),
    );

    expect(failures[0]).to.match(/^stuck: Timeout of 5ms exceeded/);
    expect(late).to.deep.equal([failure]);
  });

  it('fails when it ends synchronously and leaves a rejection behind', async () => {
    let test: RunningTest | undefined;

    const { failures } = await run((root) =>
      add(root, 'one', () => {
        test = runningTest();
        setImmediate(() => test?.fail(new Error('left behind')));
      }),
    );

    expect(failures).to.deep.equal(['one: left behind']);
  });
});
