import { expectOk } from '#kernel/testing';
import { ChangeSchedule, PauseSchedule, RemoveSchedule } from '#scheduling/application';
import { race } from '#testing/concurrency';
import { everyFault, type Fault } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { hourMs, type WiredSchedulesTest } from './wired-schedules-test.ts';

const NAME = 'every half hour';

/** What holds of the schedules that the product itself needs, whatever the adapters. */
export function standingSchedules(
  t: InstalledTest<WiredSchedulesTest>,
  { orders, faults }: { readonly orders: EveryOrderOptions; readonly faults: readonly Fault[] },
): void {
  it(
    'are there after the first start of a worker, and first run when their time has passed',
    t.test(async ({ startWorker, fire, ticks, clock }) => {
      await clock.advance(hourMs / 3);

      const starts = [await startWorker(), await startWorker()];

      expect(starts).to.deep.equal([[NAME], []]);
      expect(await fire()).to.equal(0);
      await clock.advance(hourMs / 2);
      await fire();
      expect(await ticks()).to.deep.equal(['2026-01-01T00:50']);
    }),
  );

  it(
    'stay as people have left them',
    t.test(async ({ startWorker, schedules, get, signal }) => {
      await startWorker();
      const [{ id, job }] = await schedules();
      const changes = { job: { ...job, priority: 9 } };
      expectOk(await (await get(ChangeSchedule)).execute({ id, basedOn: 1, changes }, { signal }));
      expectOk(await (await get(PauseSchedule)).execute({ id }, { signal }));

      const created = await startWorker();

      expect(created).to.deep.equal([]);
      const [left, ...more] = await schedules();
      expect(left).to.deep.include({ id, state: 'paused', version: 3, ...changes });
      expect(more).to.deep.equal([]);
    }),
  );

  it(
    'are there again at the next start when somebody has removed them',
    t.test(async ({ startWorker, schedules, get, signal }) => {
      await startWorker();
      const [{ id }] = await schedules();
      expectOk(await (await get(RemoveSchedule)).execute({ id }, { signal }));

      const created = await startWorker();

      expect(created).to.deep.equal([NAME]);
    }),
  );

  it(
    'are there once where two workers start at once',
    everyOrder(
      t,
      async ({ startWorker, schedules }) => {
        const starts = await race(2, ({ signal }) => startWorker({ signal }));

        starts.expect({ fulfilled: 2 });
        expect(starts.values.flat()).to.deep.equal([NAME]);
        expect((await schedules()).map(({ name }) => name)).to.deep.equal([NAME]);
      },
      orders,
    ),
  );

  it(
    'are there once after the next start, whatever fails at the first',
    everyFault(t, {
      faults: () => faults,
      workflow: async ({ startWorker }, { signal }) => void (await startWorker({ signal })),
      holds: async ({ schedules }) => {
        expect((await schedules()).map(({ name, version }) => [name, version])).to.deep.equal([[NAME, 1]]);
      },
    }),
  );
}
