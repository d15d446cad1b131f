import { expectErr } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { Recurrence, type WrittenRecurrence } from './recurrence.ts';

const BY = { zone: 'UTC', gap: 'end', overlap: 'first' } as const;
const NEW_YEAR = '2026-01-01T00:00:00Z';

describe('A recurrence', () => {
  const daily = { kind: 'daily', at: '02:30' } as const;
  const cron = (expression: string) => ({ rule: { kind: 'cron', expression } as const, field: 'rule.expression' });
  const refused: Readonly<
    Record<string, Partial<WrittenRecurrence> & { readonly field: string; readonly tells: string }>
  > = {
    'a zone that is none': { zone: 'Mars/Olympus', field: 'zone', tells: 'Europe/Berlin' },
    'an offset for a zone': { zone: '+01:00', field: 'zone', tells: 'IANA' },
    'a gap policy that is none': { gap: 'later' as 'skip', field: 'gap', tells: 'skip, end, shift' },
    'an overlap policy that is none': { overlap: 'none' as 'both', field: 'overlap', tells: 'first, second, both' },
    'an hour too many': { rule: { ...daily, at: '24:00' }, field: 'rule.at', tells: '00:00 to 23:59' },
    'a time without its zero': { rule: { ...daily, at: '2:30' }, field: 'rule.at', tells: '00:00 to 23:59' },
    'an instant without zone': { rule: { kind: 'once', at: '2026-03-01T12:00' }, field: 'rule.at', tells: 'Z' },
    'an instant that is none': { rule: { kind: 'once', at: '2026-13-01T12:00Z' }, field: 'rule.at', tells: '1970' },
    'an instant of a day that is none': {
      rule: { kind: 'once', at: '2026-02-29T12:00:00Z' },
      field: 'rule.at',
      tells: '2026-01-31T02:30:00Z',
    },
    'an interval of nothing': {
      rule: { kind: 'every', count: 0, unit: 'minutes', anchor: NEW_YEAR },
      field: 'rule.count',
      tells: 'from 1 to 5270400',
    },
    'a unit that is none': {
      rule: { kind: 'every', count: 1, unit: 'toString' as 'days', anchor: NEW_YEAR },
      field: 'rule.unit',
      tells: 'seconds, minutes, hours, days',
    },
    'an anchor that is none': {
      rule: { kind: 'every', count: 1, unit: 'days', anchor: 'monday' },
      field: 'rule.anchor',
      tells: '2026-01-31T02:30:00Z',
    },
    'a week without days': {
      rule: { kind: 'weekly', weekdays: [], at: '02:30' },
      field: 'rule.weekdays',
      tells: 'mon',
    },
    'a 32nd': {
      rule: { kind: 'monthly', day: 32, shortMonths: 'skip', at: '02:30' },
      field: 'rule.day',
      tells: '1 to 31',
    },
    'a sixth Monday': {
      rule: { kind: 'monthly-weekday', nth: 6, weekday: 'mon', at: '02:30' },
      field: 'rule.nth',
      tells: '1 to 5',
    },
    'a cron expression of four fields': { ...cron('* * * *'), tells: 'five fields' },
    'a 60th minute': { ...cron('60 * * * *'), tells: 'minute "60": it takes 0 to 59' },
    'a step of nothing': { ...cron('*/0 * * * *'), tells: 'minute "*/0"' },
    'a range backwards': { ...cron('0 5-3 * * *'), tells: 'hour "5-3"' },
    'a month by another name': { ...cron('0 0 * okt *'), tells: 'month "okt": it takes 1 to 12 or jan to dec' },
    'a sixth Friday': { ...cron('0 0 * * fri#6'), tells: 'fri#2 for the second Friday' },
    'a range of nearest weekdays': { ...cron('0 0 1-5W * *'), tells: '15W' },
    'the 30th of February': { ...cron('0 0 30 2 *'), tells: 'never happens' },
    'a cron expression that goes on and on': { ...cron(`${'0,'.repeat(150)}0 0 * * *`), tells: '200 characters' },
  };
  for (const [title, { field, tells, ...written }] of cases('is refused with {case}, which is told', refused)) {
    it(title, () => {
      const refusal = expectErr(Recurrence.parse({ ...BY, rule: daily, ...written }));

      expect(refusal).to.include({ kind: 'InvalidRecurrence', field });
      expect(refusal.problem).to.include(tells);
    });
  }
});
