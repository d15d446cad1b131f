import { runningTest } from '#testing/runtime';
import { underWay } from '#testing/time';
import { expect } from 'chai';
import { libraryTest } from './fixtures/library-test.ts';
import { poolOf } from './pool-watch.ts';

/** Connections that are told to be on their way. */
function opening(): number {
  const found = [...underWay({ test: runningTest(), since: 0, shortly: 0 })].filter(({ certain }) => certain);
  return found.map(String).filter((line) => line.startsWith('a connection is opened for')).length;
}

describe('A connection that somebody has asked for', () => {
  const t = libraryTest('clone').install();

  it(
    'is on its way while the pool has room, and is waited for where it has none',
    t.test(async ({ database: { source } }) => {
      const pool = poolOf(source);

      const all = Array.from({ length: pool.options.max }, () => pool.connect());
      const onTheirWay = opening();
      const clients = await Promise.all(all);
      const oneMore = pool.connect();
      const withoutRoom = opening();
      for (const client of clients) client.release();
      (await oneMore).release();

      expect(onTheirWay).to.equal(pool.options.max);
      expect(withoutRoom).to.equal(0);
    }),
  );
});
