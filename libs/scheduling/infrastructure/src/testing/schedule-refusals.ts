import { ok } from '#kernel';
import { PreviewSchedule, SchedulesTransaction } from '#scheduling/application';
import { aScheduleText } from '#scheduling/application/testing';
import { Schedule, type ScheduleId } from '#scheduling/domain';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { hourly, hourMs, type WiredSchedulesTest } from './wired-schedules-test.ts';

/** What schedules do when the queue does not take their jobs, whatever the adapters. */
export function scheduleRefusals(t: InstalledTest<WiredSchedulesTest>): void {
  it(
    'keep a tick due whose job is refused, tell it, let no other schedule wait, and run it later',
    t.test(async ({ scheduled, fire, clock, ticks, jobTypes, schedule, journal }) => {
      const { id } = await scheduled({ ...hourly({ policy: 'skip' }), job: { type: 'test.gone', payload: null } });
      await scheduled({ name: 'another' });
      jobTypes.pop();

      await clock.advance(hourMs);
      const [dealt, afterwards] = [await fire(), await ticks()];
      const { refusal, nextTick } = await schedule(id);
      await clock.advance(9_999);
      const tooSoon = await fire();
      jobTypes.push('test.gone');
      await clock.advance(60_000);
      await fire();

      expect([dealt, afterwards, tooSoon]).to.deep.equal([2, ['2026-01-01T01:00'], 0]);
      expect(nextTick).to.deep.equal(new Date('2026-01-01T01:00:00Z'));
      expect(refusal).to.include({
        times: 1,
        reason: 'There are no jobs of type test.gone: the known types are test.run.',
      });
      expect(journal.kinds).to.deep.equal(['JobNotTaken', 'ScheduleRan', 'ScheduleRan']);
      expect(await ticks()).to.deep.equal(['2026-01-01T01:00', '2026-01-01T01:00']);
      expect((await schedule(id)).refusal).to.equal(null);
    }),
  );

  it(
    'wait with a plan that cannot be read any more, tell it, let no other schedule wait, and go on when it can be',
    t.test(async (test) => {
      const { scheduled, fire, clock, ticks, schedule, journal, get, signal } = test;
      const { id } = await scheduled({ name: 'moved' });
      await scheduled({ name: 'another' });
      await moveTo(test, id, 'Mars/Olympus');

      await clock.advance(hourMs);
      const [dealt, afterwards] = [await fire(), await ticks()];
      const { refusal, nextTick, inWords } = await schedule(id);
      const preview = await (await get(PreviewSchedule)).execute({ id, count: 3 }, { signal });
      await moveTo(test, id, 'UTC');
      await clock.advance(10_000);
      await fire();

      expect([dealt, afterwards]).to.deep.equal([2, ['2026-01-01T01:00']]);
      expect(nextTick).to.deep.equal(new Date('2026-01-01T01:00:00Z'));
      expect(refusal?.reason).to.match(/^Its plan cannot be read any more: zone must be a name .* Europe\/Berlin\.$/);
      expect([inWords, preview]).to.deep.equal(['at times that cannot be read', ok({ inWords, times: [] })]);
      expect(journal.kinds).to.deep.equal(['JobNotTaken', 'ScheduleRan', 'ScheduleRan']);
      expect(await ticks()).to.deep.equal(['2026-01-01T01:00', '2026-01-01T01:00']);
      expect((await schedule(id)).refusal).to.equal(null);
    }),
  );

  it(
    'wait where the queue is full, longer each time, and lose no tick',
    t.test(async ({ scheduled, fire, clock, jobs, schedule, capacity }) => {
      const rule = { kind: 'every', count: 1, unit: 'minutes', anchor: '2026-01-01T00:00:00Z' } as const;
      const recurrence = { ...aScheduleText().plan.recurrence, rule };
      const { id } = await scheduled({ plan: { recurrence, missed: { policy: 'all', atMost: 100 }, jitterMs: 0 } });

      await clock.advance((capacity + 1) * 60_000);
      const dealt = await fire();
      await clock.advance(10_000);
      await fire();

      expect([dealt, (await jobs()).length]).to.deep.equal([capacity + 1, capacity]);
      const { refusal, nextTick } = await schedule(id);
      expect(refusal).to.include({ times: 2, reason: 'The queue is full: it takes 12 jobs.' });
      expect(refusal!.retryAt.getTime() - clock.now().getTime()).to.equal(20_000);
      expect(nextTick).to.deep.equal(new Date('2026-01-01T00:13:00Z'));
    }),
  );
}

/** Stores a zone that was known to whoever has stored it, whatever it is to this runtime. */
async function moveTo({ get, signal }: WiredSchedulesTest, id: ScheduleId, zone: string): Promise<void> {
  const transaction = await get(SchedulesTransaction);
  await transaction.run(async ({ schedules }) => {
    const found = await schedules.find(id);
    if (found === null) throw new Error('There is no such schedule.');
    const { plan, ...snapshot } = found.snapshot();
    const moved = { ...plan, recurrence: { ...plan.recurrence, zone } };
    await schedules.update(Schedule.restore({ ...snapshot, plan: moved }));
    return ok();
  }, signal);
}
