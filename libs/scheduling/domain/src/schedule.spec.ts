import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { parseScheduleDetails, type ScheduleDetails } from './schedule-details.ts';
import type { WrittenPlan } from './schedule-plan.ts';
import { Schedule } from './schedule.ts';
import type { ScheduleText } from './schedule-snapshot.ts';

const hourly: WrittenPlan = {
  recurrence: { rule: { kind: 'cron', expression: '0 * * * *' }, zone: 'UTC', gap: 'end', overlap: 'first' },
  missed: { policy: 'once' },
  jitterMs: 0,
};
const text: ScheduleText = { name: 'hourly', plan: hourly, job: { type: 'test.run', payload: { some: [1, 2] } } };
const id = sequentialId<'Schedule'>(1);
const jobId = sequentialId<'Job'>(1);
const at = (time: string): Date => new Date(`2026-01-01T${time}:00.000Z`);

function detailsOf(changes: Partial<ScheduleText> = {}): ScheduleDetails {
  return expectOk(parseScheduleDetails({ ...text, ...changes }));
}

function scheduleWith(plan: Partial<WrittenPlan> = {}): Schedule {
  return expectOk(Schedule.create({ id, details: detailsOf({ plan: { ...hourly, ...plan } }) }, at('00:00')));
}

describe('Schedule', () => {
  it('makes no version of what changes nothing, in whatever order it is written', () => {
    const schedule = scheduleWith();
    const before = schedule.snapshot();
    const same = { job: { payload: { some: [1, 2] }, type: 'test.run' }, plan: { ...hourly, jitterMs: 0 } };

    expectOk(schedule.change({ basedOn: 1, details: detailsOf(same) }, at('00:30')));

    expect(schedule.snapshot()).to.deep.equal(before);
  });

  it('keeps its next tick when all but the plan is changed', () => {
    const schedule = scheduleWith();

    expectOk(schedule.change({ basedOn: 1, details: detailsOf({ name: 'other' }) }, at('05:30')));

    expect(schedule.snapshot()).to.include({ version: 2, name: 'other' });
    expect(schedule.snapshot().nextTick).to.deep.equal(at('01:00'));
  });

  it('does not run a tick again by a new plan, though the clock was put back', () => {
    const schedule = scheduleWith();
    schedule.ran({ tick: at('03:00') }, jobId);
    const plan = { ...hourly, jitterMs: 1 };

    expectOk(schedule.change({ basedOn: 1, details: detailsOf({ plan }) }, at('01:30')));

    expect(schedule.snapshot().nextTick).to.deep.equal(at('04:00'));
  });

  it('refuses a plan that is over, when it is created and when it is changed', () => {
    const rule = { kind: 'once', at: '2025-01-01T00:00:00Z' } as const;
    const over = detailsOf({ plan: { ...hourly, recurrence: { ...hourly.recurrence, rule } } });

    const refusals = [
      expectErr(Schedule.create({ id, details: over }, at('00:00'))),
      expectErr(scheduleWith().change({ basedOn: 1, details: over }, at('00:00'))),
    ];

    for (const refusal of refusals) expect(refusal).to.include({ kind: 'InvalidSchedule', field: 'plan.recurrence' });
  });

  it('offers a refused job again after ten seconds, then later and later, up to ten minutes', () => {
    const schedule = scheduleWith();
    const waits: number[] = [];

    for (let now = at('01:00'), times = 0; times < 9; times += 1) {
      expect(schedule.dueJob(now)?.tick).to.deep.equal(at('01:00'));
      schedule.wasRefused('No.', now);
      const { retryAt } = schedule.snapshot().refusal!;
      expect(schedule.dueJob(new Date(retryAt.getTime() - 1))).to.equal(null);
      waits.push((retryAt.getTime() - now.getTime()) / 1_000);
      now = retryAt;
    }

    expect(waits).to.deep.equal([10, 20, 40, 80, 160, 320, 600, 600, 600]);
  });

  it('does not skip as missed what was refused', () => {
    const schedule = scheduleWith({ missed: { policy: 'skip' } });
    schedule.wasRefused('No.', at('01:00'));

    const [skipped, due] = [schedule.skipMissed(at('05:30')), schedule.dueJob(at('05:30'))];

    expect([skipped, due?.tick]).to.deep.equal([null, at('01:00')]);
  });

  it('has its jobs due before the next tick, however large the jitter', () => {
    const schedule = scheduleWith({ jitterMs: 86_400_000 });
    const delays = Array.from({ length: 200 }, () => {
      const tick = schedule.snapshot().nextTick!;
      const due = schedule.nextDueAt()!;
      schedule.ran({ tick }, jobId);
      return due.getTime() - tick.getTime();
    });

    expect(Math.min(...delays)).to.be.within(0, 180_000);
    expect(Math.max(...delays)).to.be.within(3_420_000, 3_599_999);
  });

  it('has no job due in the past: what is late may begin at once', () => {
    expect(scheduleWith().dueJob(at('01:30'))).to.deep.include({ tick: at('01:00'), dueAt: at('01:30') });
  });

  const invalid: Readonly<Record<string, Partial<ScheduleText>>> = {
    'no name': { name: '' },
    'a name with a space at its end': { name: 'hourly ' },
    'a name of two lines': { name: 'one\ntwo' },
    'a name of 101 characters': { name: 'x'.repeat(101) },
    'a jitter of more than a day': { plan: { ...hourly, jitterMs: 86_400_001 } },
    'a jitter of half a millisecond': { plan: { ...hourly, jitterMs: 0.5 } },
    'all missed runs without a bound': { plan: { ...hourly, missed: { policy: 'all', atMost: Infinity } } },
    'a policy that is none': { plan: { ...hourly, missed: { policy: 'some' as 'skip' } } },
  };
  for (const [title, changes] of cases('is refused with {case}', invalid)) {
    it(title, () => {
      expect(expectErr(parseScheduleDetails({ ...text, ...changes })).kind).to.equal('InvalidSchedule');
    });
  }
});
