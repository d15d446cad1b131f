import { sequentialId } from '#kernel/testing';
import { ChangeSchedule, CreateSchedule, ListSchedules, PauseSchedule } from '#scheduling/application';
import { aScheduleText } from '#scheduling/application/testing';
import { everyFault, faults, type Fault } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { hourly, hourMs, type WiredSchedulesTest } from './wired-schedules-test.ts';

const id = sequentialId<'Schedule'>(1);

/** What holds wherever a scheduler, or what people do with schedules, fails, is stopped or dies. */
export function scheduleFaults(t: InstalledTest<WiredSchedulesTest>, tried: readonly Fault[] = faults): void {
  it(
    'have one job a tick, once another scheduler has come by',
    everyFault(t, {
      faults: () => tried,
      given: async ({ scheduled, clock }) => {
        await scheduled(hourly({ policy: 'all', atMost: 9 }));
        await clock.advance(hourMs);
      },
      workflow: async ({ fire }, { signal }) => void (await fire({ signal })),
      holds: async ({ ticks, schedule }) => {
        expect(await ticks()).to.deep.equal(['2026-01-01T01:00']);
        expect((await schedule(id)).nextTick).to.deep.equal(new Date('2026-01-01T02:00:00Z'));
      },
    }),
  );

  it(
    'keep the tick of a job that is refused, and put it off',
    everyFault(t, {
      faults: () => tried,
      given: async ({ scheduled, clock, jobTypes }) => {
        await scheduled({ job: { type: 'test.gone', payload: null } });
        await clock.advance(hourMs);
        jobTypes.pop();
      },
      workflow: async ({ fire }, { signal }) => void (await fire({ signal })),
      holds: async ({ ticks, schedule }) => {
        const { refusal, nextTick } = await schedule(id);
        expect(await ticks()).to.deep.equal([]);
        expect(nextTick).to.deep.equal(new Date('2026-01-01T01:00:00Z'));
        expect(refusal?.times).to.be.within(1, 2);
      },
    }),
  );

  it(
    'are paused when somebody has asked for it, once or again',
    everyFault(t, {
      faults: () => tried,
      given: async ({ scheduled }) => void (await scheduled()),
      workflow: async ({ get }, { signal }) => (await get(PauseSchedule)).execute({ id }, { signal }),
      holds: async ({ schedule }) => expect(await schedule(id)).to.include({ state: 'paused', version: 2 }),
    }),
  );

  it(
    'are created once, whether the answer was lost or not',
    everyFault(t, {
      faults: () => tried,
      workflow: async ({ get }, { signal }) => (await get(CreateSchedule)).execute(aScheduleText(), { signal }),
      holds: async ({ get, signal }) => {
        const { schedules } = await (await get(ListSchedules)).execute({ limit: 10 }, { signal });
        expect(schedules.map(({ name, version }) => [name, version])).to.deep.equal([['every hour', 1]]);
      },
    }),
  );

  it(
    'are changed once',
    everyFault(t, {
      faults: () => tried,
      given: async ({ scheduled }) => void (await scheduled()),
      workflow: async ({ get }, { signal }) => {
        const command = { id, basedOn: 1, changes: { name: 'at night' } };
        return (await get(ChangeSchedule)).execute(command, { signal });
      },
      holds: async ({ schedule }) => expect(await schedule(id)).to.include({ name: 'at night', version: 2 }),
    }),
  );
}
