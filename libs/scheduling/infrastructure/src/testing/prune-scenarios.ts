import { sequentialId } from '#kernel/testing';
import { EndedJobs, PruneJobs } from '#scheduling/application';
import { jobRun } from '#scheduling/contracts/testing';
import { race } from '#testing/concurrency';
import { everyFault, type Fault } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder } from '#testing/order';
import { expect } from 'chai';
import type { WiredJobsTest } from './wired-jobs-test.ts';

const DAY_MS = 86_400_000;
const old = { forMs: DAY_MS, limit: 10 };

/** What becomes of old jobs that are taken away, whatever comes in between, whatever the adapters. */
export function pruneScenarios(t: InstalledTest<WiredJobsTest>, faults: readonly Fault[]): void {
  it(
    'are gone or done again where they are retried while they are taken away',
    everyOrder(
      t,
      async ({ submitted, cancel, retry, get, jobs, clock }) => {
        const id = await submitted();
        await cancel(id);
        await clock.advance(DAY_MS);
        const ended = await get(EndedJobs);

        const ends = await race({
          night: ({ signal }) => ended.remove(old, signal),
          person: ({ signal }) => retry(id, signal),
        });

        const isGone = ends.values.includes(1);
        ends.expect(isGone ? { fulfilled: 1, 'refused JobNotFound': 1 } : { fulfilled: 2 });
        expect((await jobs()).map(({ state }) => state)).to.deep.equal(isGone ? [] : ['queued']);
      },
      { complete: true },
    ),
  );

  it(
    'are gone, and all others are there, once one comes by again after the one that failed',
    everyFault(t, {
      faults: () => faults,
      given: async ({ submitted, cancel, clock }) => {
        await submitted();
        await cancel(sequentialId(1));
        await clock.advance(DAY_MS);
        await submitted();
      },
      workflow: async ({ get }, { signal }) => {
        await (await get(PruneJobs)).execute({ keepDays: 1 }, jobRun(signal));
      },
      holds: async ({ jobs }) => expect((await jobs()).map(({ id }) => id)).to.deep.equal([sequentialId(2)]),
    }),
  );
}
