import { inTest, onLateFailure, RunningTest } from '#testing/runtime';
import { expect } from 'chai';
import { TestScope, type Outcome } from './test-scope.ts';

describe('The scope of a test', () => {
  it('aborts its signal when the last clean-up has used it', async () => {
    const scope = new TestScope();
    const { signal } = scope;
    const aborted: boolean[] = [];
    scope.defer(() => aborted.push(signal.aborted));

    await scope.close();

    expect([...aborted, signal.aborted]).to.deep.equal([false, true]);
    expect(signal.reason).to.have.property('message', 'The test is over.');
  });

  it('keeps the reason for which it was stopped before', async () => {
    const scope = new TestScope();
    const reason = new Error('out of time');
    scope.abort(reason);

    await scope.close();

    expect(scope.signal.reason).to.equal(reason);
  });

  it('hands out a signal that has aborted where somebody asks for it behind the end', async () => {
    const scope = new TestScope();

    await scope.close();

    expect(scope.signal.aborted).to.equal(true);
  });

  it('runs at once what is deferred behind the end, and says so', async () => {
    const scope = new TestScope();
    const told: Outcome[] = [];
    await scope.close({ failed: true });

    const late = (): void => scope.defer((outcome) => told.push(outcome));

    expect(late).to.throw('The test is over; what it deferred now has been run at once.');
    expect(told).to.deep.equal([{ failed: true }]);
  });

  it('tells the test of what is deferred behind the end and fails', async () => {
    const scope = new TestScope();
    const test = new RunningTest({ title: 'one' });
    const failure = new Error('no');
    const { promise: told, resolve } = Promise.withResolvers<unknown>();
    using _ = onLateFailure(resolve);
    test.end();
    await scope.close();

    expect(() => inTest(test, () => scope.defer(() => Promise.reject(failure)))).to.throw('The test is over');
    expect(await told).to.deep.equal({ test, error: failure });
  });

  it('runs what a clean-up defers', async () => {
    const scope = new TestScope();
    const ran: string[] = [];
    scope.defer(() => scope.defer(() => ran.push('the clean-up of a clean-up')));

    await scope.close();

    expect(ran).to.deep.equal(['the clean-up of a clean-up']);
  });
});
