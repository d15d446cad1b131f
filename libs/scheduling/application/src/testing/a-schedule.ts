import { expectOk, sequentialId } from '#kernel/testing';
import { parseScheduleDetails, Schedule, type ScheduleSnapshot, type ScheduleText } from '#scheduling/domain';

const HOURLY: ScheduleText = {
  name: 'every hour',
  plan: {
    recurrence: { rule: { kind: 'cron', expression: '0 * * * *' }, zone: 'UTC', gap: 'end', overlap: 'first' },
    missed: { policy: 'once' },
    jitterMs: 0,
  },
  job: { type: 'test.run', payload: null },
};

/** What people write to get a schedule that runs every hour, but for what is given. */
export function aScheduleText(text: Partial<ScheduleText> = {}): ScheduleText {
  return { ...HOURLY, ...text };
}

/** A schedule that was created at the beginning of 2026 and runs every hour, but for what is given. */
export function aSchedule(facts: Partial<ScheduleSnapshot> = {}): Schedule {
  const details = expectOk(parseScheduleDetails(aScheduleText()));
  const created = Schedule.create({ id: sequentialId(1), details }, new Date('2026-01-01T00:00:00.000Z'));
  return Schedule.restore({ ...expectOk(created).snapshot(), ...facts });
}
