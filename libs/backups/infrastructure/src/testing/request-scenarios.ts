import { sequentialId } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { everyFault } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions, type KeysOf } from '#testing/order';
import { expect } from 'chai';
import type { RequestTest } from './request-test.ts';

/** Who asks shares the statuses and the jobs; devices are changed by nobody here. */
const touches: KeysOf = ({ what }) => {
  if (what.startsWith('DeviceDirectory.')) return {};
  if (what.startsWith('BackupStatusReader.')) return { reads: ['the statuses'] };
  if (what.startsWith('UnfinishedJobs.')) return { reads: ['the jobs'] };
  return { writes: ['the statuses', 'the jobs'] };
};

const HOUR = 3_600_000;

/** What holds of requests for backups in every order, whatever the adapters. */
export function requestOrders(t: InstalledTest<RequestTest>, options: EveryOrderOptions): void {
  it(
    'answer the same jobs to two who ask for the same devices at once',
    everyOrder(
      t,
      async ({ register, request, runs }) => {
        const [one, other] = register(1, 2);

        const asked = await race({
          ada: ({ signal }) => request([one!, other!], signal),
          bob: ({ signal }) => request([other!, one!], signal),
        });

        asked.expect({ fulfilled: 2 });
        const [first, second] = asked.values;
        expect(second).to.deep.equal(first?.toReversed());
        expect(runs()).to.have.lengthOf(2);
      },
      { ...options, touches },
    ),
  );

  it(
    'submit one run of a device that a batch meets at the same time',
    everyOrder(
      t,
      async ({ register, request, batch, lease, runs }) => {
        const [device] = register(1);
        const held = lease();

        const asked = await race({
          person: async ({ signal }) => (await request([device!], signal))[0],
          batch: ({ signal }) => batch({}, held, signal),
        });

        asked.expect({ fulfilled: 2 });
        const [[, jobId] = []] = runs();
        expect(runs()).to.have.lengthOf(1);
        expect(asked.values[0]).to.equal(jobId);
      },
      { ...options, touches },
    ),
  );

  it(
    'submit another run only when the one before has ended',
    everyOrder(
      t,
      async ({ register, request, jobs, runs }) => {
        const [device] = register(1);
        const [before] = await request([device!]);
        let hasEnded = false;

        const asked = await race({
          person: async ({ signal }) => ({ jobIds: await request([device!], signal), hadEnded: hasEnded }),
          worker: async ({ start }) => {
            await start();
            jobs.end(before!);
            hasEnded = true;
          },
        });

        asked.expect({ fulfilled: 2 });
        const { jobIds, hadEnded } = asked.values[0]!;
        if (!hadEnded) expect(jobIds).to.deep.equal([before]);
        expect(runs()).to.have.lengthOf(jobIds[0] === before ? 1 : 2);
      },
      { complete: true },
    ),
  );

  it(
    'tell once that a device is stale when two judge at the same time',
    everyOrder(
      t,
      async ({ register, judge, lease, clock, outbox }) => {
        register(1);
        await judge(lease());
        await clock.advance(26 * HOUR);
        const leases = [lease(), lease()] as const;

        const judged = await race({
          one: ({ signal }) => judge(leases[0], signal),
          other: ({ signal }) => judge(leases[1], signal),
        });

        judged.expect({ fulfilled: 2 });
        expect(judged.values.map(({ becameStale }) => becameStale).toSorted()).to.deep.equal([0, 1]);
        expect(outbox.recorded.map(({ type }) => type)).to.deep.equal(['device.stale']);
      },
      { ...options, touches },
    ),
  );
}

const jobId = sequentialId<'Job'>(900);

/** What holds wherever a batch, or a judgement, fails, is stopped or dies, when its job is taken up again. */
export function requestFaults(t: InstalledTest<RequestTest>): void {
  it(
    'submit one run of each device',
    everyFault(t, {
      given: ({ register }) => void register(1, 2),
      workflow: ({ batch, jobs }, { signal }) => batch({}, jobs.claim(jobId), signal),
      recover: async ({ batch, jobs, runs }, { signal, outcome }) => {
        if (outcome.ended === 'returned') return undefined;
        // Whatever was submitted has been done meanwhile: only its key tells that it was.
        for (const [, run] of runs()) jobs.end(run);
        expect(jobs.takeBack(jobId), 'the job is free to be taken').to.equal(true);
        return batch({}, jobs.claim(jobId), signal);
      },
      holds: async ({ runs, statuses }) => {
        expect(runs().map(([device]) => device)).to.have.members([sequentialId(1), sequentialId(2)]);
        expect((await statuses()).map(({ jobId: run }) => run)).to.have.members(runs().map(([, run]) => run));
      },
    }),
  );

  it(
    'tell once of each device that is stale',
    everyFault(t, {
      given: async ({ register, judge, lease, clock }) => {
        register(1, 2);
        await judge(lease());
        await clock.advance(26 * HOUR);
      },
      workflow: ({ judge, jobs }, { signal }) => judge(jobs.claim(jobId), signal),
      recover: async ({ judge, jobs }, { signal, outcome }) => {
        if (outcome.ended === 'returned') return undefined;
        expect(jobs.takeBack(jobId), 'the job is free to be taken').to.equal(true);
        return judge(jobs.claim(jobId), signal);
      },
      holds: ({ outbox }) => {
        expect(outbox.recorded.map(({ type, subject }) => [type, subject])).to.have.deep.members([
          ['device.stale', sequentialId(1)],
          ['device.stale', sequentialId(2)],
        ]);
      },
    }),
  );
}
