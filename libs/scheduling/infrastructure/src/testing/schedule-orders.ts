import { ChangeSchedule, PauseSchedule, RemoveSchedule } from '#scheduling/application';
import { aScheduleText } from '#scheduling/application/testing';
import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { hourly, hourMs, type WiredSchedulesTest } from './wired-schedules-test.ts';

const TICK = '2026-01-01T01:00';

/** What holds in every order of what schedulers and people do to a schedule, whatever the adapters. */
export function scheduleOrders(
  t: InstalledTest<WiredSchedulesTest>,
  { ofSchedulers, ofPeople }: { readonly ofSchedulers: EveryOrderOptions; readonly ofPeople: EveryOrderOptions },
): void {
  it(
    'run a tick once where two schedulers come by',
    everyOrder(
      t,
      async ({ scheduled, fire, clock, ticks, schedule }) => {
        const { id } = await scheduled(hourly({ policy: 'all', atMost: 9 }));
        await clock.advance(hourMs);

        const rounds = await race(2, ({ signal }) => fire({ limit: 1, signal }));

        rounds.expect({ fulfilled: 2 });
        expect(rounds.values.toSorted()).to.deep.equal([0, 1]);
        expect(await ticks()).to.deep.equal([TICK]);
        expect((await schedule(id)).nextTick).to.deep.equal(new Date('2026-01-01T02:00:00Z'));
      },
      ofSchedulers,
    ),
  );

  it(
    'run each of two ticks once where two schedulers come by for one each',
    everyOrder(
      t,
      async ({ scheduled, fire, clock, ticks }) => {
        await scheduled(hourly({ policy: 'all', atMost: 9 }));
        await clock.advance(2 * hourMs);

        const rounds = await race(2, ({ signal }) => fire({ limit: 1, signal }));

        rounds.expect({ fulfilled: 2 });
        // One that comes by while the other has the schedule finds nothing to do.
        await fire();
        expect(await ticks()).to.deep.equal([TICK, '2026-01-01T02:00']);
      },
      ofPeople,
    ),
  );

  it(
    'run a tick or are paused before it, and run nothing afterwards',
    everyOrder(
      t,
      async ({ scheduled, fire, clock, ticks, get, schedule }) => {
        const { id } = await scheduled();
        await clock.advance(hourMs);
        const pause = await get(PauseSchedule);

        const ends = await race({
          scheduler: ({ signal }) => fire({ limit: 1, signal }),
          person: ({ signal }) => pause.execute({ id }, { signal }),
        });

        ends.expect({ fulfilled: 2 });
        const [ran, { state, nextTick, lastRun }] = [await ticks(), await schedule(id)];
        expect(ran).to.deep.equal(ends.values.includes(1) ? [TICK] : []);
        expect([state, nextTick, lastRun?.tick.toISOString().slice(0, 16)]).to.deep.equal(['paused', null, ran[0]]);
        await clock.advance(hourMs);
        expect(await fire()).to.equal(0);
      },
      ofPeople,
    ),
  );

  it(
    'run a tick by the old plan or by the new one, and never go back',
    everyOrder(
      t,
      async ({ scheduled, fire, clock, ticks, get, schedule }) => {
        const { id, version: basedOn } = await scheduled();
        await clock.advance(hourMs);
        const change = await get(ChangeSchedule);
        const rule = { kind: 'cron', expression: '*/30 * * * *' } as const;
        const { plan } = aScheduleText();
        const changes = { plan: { ...plan, recurrence: { ...plan.recurrence, rule } } };

        const ends = await race({
          scheduler: ({ signal }) => fire({ limit: 1, signal }),
          person: ({ signal }) => change.execute({ id, basedOn, changes }, { signal }),
        });

        ends.expect({ fulfilled: 2 });
        expect(await ticks()).to.deep.equal(ends.values.includes(1) ? [TICK] : []);
        expect(await schedule(id)).to.deep.include({ version: 2, nextTick: new Date('2026-01-01T01:30:00Z') });
      },
      ofPeople,
    ),
  );

  it(
    'run a tick or are removed before it',
    everyOrder(
      t,
      async ({ scheduled, fire, clock, ticks, get }) => {
        const { id } = await scheduled();
        await clock.advance(hourMs);
        const remove = await get(RemoveSchedule);

        const ends = await race({
          scheduler: ({ signal }) => fire({ limit: 1, signal }),
          person: ({ signal }) => remove.execute({ id }, { signal }),
        });

        ends.expect({ fulfilled: 2 });
        expect(await ticks()).to.deep.equal(ends.values.includes(1) ? [TICK] : []);
        expect(await fire()).to.equal(0);
      },
      ofPeople,
    ),
  );

  it(
    'take one of two changes that were made for the same version',
    everyOrder(
      t,
      async ({ scheduled, get, schedule }) => {
        const { id, version: basedOn } = await scheduled();
        const change = await get(ChangeSchedule);

        const ends = await race(2, ({ name, signal }) =>
          change.execute({ id, basedOn, changes: { name } }, { signal }),
        );

        ends.expect({ fulfilled: 1, 'refused StaleSchedule': 1 });
        expect(await schedule(id)).to.include({ version: 2, name: ends.winner().value.name });
      },
      ofPeople,
    ),
  );
}
