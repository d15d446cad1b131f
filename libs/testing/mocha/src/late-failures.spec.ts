import { RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import Mocha from 'mocha';
import { LateFailures } from './late-failures.ts';

const RootSuite = Mocha.Suite as new (title: string, context: Mocha.Context, isRoot: boolean) => Mocha.Suite;

/** A run in which one test has ended, and what Mocha hears of it. */
function aRun(runnable: (root: Mocha.Suite) => Mocha.Runnable): {
  readonly late: LateFailures;
  readonly test: RunningTest;
  readonly heard: Error[];
} {
  const root = new RootSuite('', new Mocha.Context(), true);
  const owned = runnable(root);
  const heard: Error[] = [];
  owned.on('error', (error: Error) => heard.push(error));
  const test = new RunningTest({ title: 'Sums add up' });
  const late = new LateFailures((one) => (one === test ? owned : undefined));
  late.runBegins(root);
  return { late, test, heard };
}

function aTestOf(suite: Mocha.Suite): Mocha.Test {
  const test = new Mocha.Test('add up', () => {});
  suite.addTest(test);
  return test;
}

const messages = (errors: readonly Error[]): readonly string[] => errors.map(({ message }) => message);

describe('A failure behind the end of its test', () => {
  it('fails that test, as long as Mocha runs', () => {
    const { late, test, heard } = aRun(aTestOf);

    late.take({ test, error: new Error('too late') });

    expect(messages(heard)).to.deep.equal(['"Sums add up" failed after it had ended: too late']);
    expect(late.runEnds()).to.deep.equal([]);
  });

  it('keeps its cause and the frames of its own code', () => {
    const { late, test, heard } = aRun(aTestOf);
    const cause = new Error('the server is gone');

    late.take({ test, error: new Error('too late', { cause }) });

    expect(heard[0]?.cause).to.equal(cause);
    expect(heard[0]?.stack)
      .to.include('late-failures.spec.ts')
      .and.not.match(/late-failures\.ts/);
  });

  it('is not said to come late where it did not, and Mocha has only said that the test took too long', () => {
    const { late, test, heard } = aRun(aTestOf);
    const error = new Error('in time');
    test.fail(error);

    late.take({ test, error });

    expect(messages(heard)).to.deep.equal(['"Sums add up" failed before Mocha gave up on it: in time']);
  });

  it('says what was thrown where that is no error', () => {
    const { late, test, heard } = aRun(aTestOf);

    late.take({ test, error: undefined });

    expect(messages(heard)).to.deep.equal(['"Sums add up" failed after it had ended: undefined']);
  });

  it('is said at the end of the run where Mocha would name the wrong test, or nobody', () => {
    const ofHook = aRun((root) => root.beforeEach('hook', () => {}) as unknown as Mocha.Runnable);
    const ofSkipped = aRun((root) => Object.assign(aTestOf(root), { pending: true }));
    const ofNobody = aRun(aTestOf);

    for (const { late, test } of [ofHook, ofSkipped]) late.take({ test, error: new Error('too late') });
    ofNobody.late.take({ test: new RunningTest({ title: 'an unknown owner' }), error: new Error('too late') });

    for (const { late, heard } of [ofHook, ofSkipped, ofNobody]) {
      expect(heard).to.deep.equal([]);
      expect(late.runEnds()).to.have.lengthOf(1);
    }
  });

  it('is said at the end of the run where the test belongs to another file that the process has run', () => {
    const { late, test, heard } = aRun(aTestOf);
    late.runEnds();
    late.runBegins(new RootSuite('', new Mocha.Context(), true));

    late.take({ test, error: new Error('too late') });

    expect(heard).to.deep.equal([]);
    expect(messages(late.runEnds())).to.deep.equal(['"Sums add up" failed after it had ended: too late']);
  });
});
