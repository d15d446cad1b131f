import type { RunningTest } from '#testing/runtime';

/** Thrown at a test that has ended and still asks for its database. */
export class DatabaseCalledLate extends Error {
  constructor(test: RunningTest) {
    super(`The test "${test.title}" has ended, and its database with it. Await what the test starts, or stop it.`);
    this.name = 'DatabaseCalledLate';
  }
}
