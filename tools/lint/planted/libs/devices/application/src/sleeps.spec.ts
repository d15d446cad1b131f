import { expect } from 'chai';
import { ManualClock } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';

describe.only('a test that does not run whole', () => { // ✗ lockstep/whole-tests: "describe.only" leaves out all other tests. Run one
  it.skip('is left out', () => {}); // ✗ lockstep/whole-tests: "it.skip" is a test that never runs. Make it pass
  xit('is left out too', () => {}); // ✗ lockstep/whole-tests: "xit" is a test that never runs.
  it('has nothing to say'); // ✗ lockstep/whole-tests: A test without a body always passes. Write it
  it('gives up', function () {
    this.skip(); // ✗ lockstep/whole-tests: "this.skip" is a test that never runs.
  });
  it('tries again', function () {
    this.retries(3); // ✗ lockstep/whole-tests: A test that is retried hides a race. Find what it races with
    expect([ManualClock, AsyncTestBase]).to.have.length(2);
  });
  it('waits and hopes', async () => {
    await new Promise((resolve) => setTimeout(resolve, 50)); // ✗ lockstep/no-ambient-time: "setTimeout" is time nobody can control in a test.
  });
});
