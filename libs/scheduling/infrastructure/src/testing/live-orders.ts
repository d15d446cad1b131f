import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder } from '#testing/order';
import { expect } from 'chai';
import type { FollowedJobsTest } from './followed-jobs-test.ts';

/** Whoever follows misses nothing and is told nothing twice, whenever it happens, whatever the engine. */
export function liveOrders(t: InstalledTest<FollowedJobsTest>): void {
  it(
    'are told of to one who joins while they are submitted',
    everyOrder(
      t,
      async ({ submit, followed }) => {
        const first = await submit();

        const ends = await race({
          follower: ({ signal }) => followed(3, signal),
          submitter: async ({ signal }) => [await submit(signal), await submit(signal)],
        });

        ends.expect({ fulfilled: 2 });
        const [told, submitted] = ends.values;
        expect(told).to.deep.equal([first, ...(submitted ?? [])]);
      },
      { switches: 2 },
    ),
  );
}
