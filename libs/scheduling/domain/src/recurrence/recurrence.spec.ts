import { expectOk } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { Recurrence, type WrittenRecurrence } from './recurrence.ts';
import type { Rule } from './rule.ts';

const BY = { zone: 'UTC', gap: 'end', overlap: 'first' } as const;
const NEW_YEAR = '2026-01-01T00:00:00Z';

function recurrenceOf(rule: Rule, by: Partial<WrittenRecurrence> = {}): Recurrence {
  return expectOk(Recurrence.parse({ ...BY, ...by, rule }));
}

/** Written without what is the same in all of them. */
function timesOf(recurrence: Recurrence, { after = NEW_YEAR, count = 4 } = {}): readonly string[] {
  const times = recurrence.nextTimes({ after: new Date(after), count });
  return times.map((time) => time.toISOString().replace(':00.000Z', ''));
}

describe('Recurrence', () => {
  const rules: Readonly<Record<string, { readonly rule: Rule; readonly times: readonly string[] }>> = {
    'once, and never again': { rule: { kind: 'once', at: '2026-03-01T12:00:00+02:00' }, times: ['2026-03-01T10:00'] },
    'every ninety minutes from its anchor': {
      rule: { kind: 'every', count: 90, unit: 'minutes', anchor: '2025-12-31T23:00:00Z' },
      times: ['2026-01-01T00:30', '2026-01-01T02:00', '2026-01-01T03:30', '2026-01-01T05:00'],
    },
    'every so many days, at the anchor for the first time': {
      rule: { kind: 'every', count: 2, unit: 'days', anchor: '2026-02-01T12:00:00Z' },
      times: ['2026-02-01T12:00', '2026-02-03T12:00', '2026-02-05T12:00', '2026-02-07T12:00'],
    },
    daily: {
      rule: { kind: 'daily', at: '02:30' },
      times: ['2026-01-01T02:30', '2026-01-02T02:30', '2026-01-03T02:30', '2026-01-04T02:30'],
    },
    'on some days of the week': {
      rule: { kind: 'weekly', weekdays: ['mon', 'fri'], at: '23:59' },
      times: ['2026-01-02T23:59', '2026-01-05T23:59', '2026-01-09T23:59', '2026-01-12T23:59'],
    },
    'on the 31st, where there is one': {
      rule: { kind: 'monthly', day: 31, shortMonths: 'skip', at: '00:00' },
      times: ['2026-01-31T00:00', '2026-03-31T00:00', '2026-05-31T00:00', '2026-07-31T00:00'],
    },
    'on the 31st, or the last day of shorter months': {
      rule: { kind: 'monthly', day: 31, shortMonths: 'last-day', at: '00:00' },
      times: ['2026-01-31T00:00', '2026-02-28T00:00', '2026-03-31T00:00', '2026-04-30T00:00'],
    },
    'on the last day of the month': {
      rule: { kind: 'monthly', day: 'last', shortMonths: 'skip', at: '12:00' },
      times: ['2026-01-31T12:00', '2026-02-28T12:00', '2026-03-31T12:00', '2026-04-30T12:00'],
    },
    'on the second Tuesday': {
      rule: { kind: 'monthly-weekday', nth: 2, weekday: 'tue', at: '03:00' },
      times: ['2026-01-13T03:00', '2026-02-10T03:00', '2026-03-10T03:00', '2026-04-14T03:00'],
    },
    'on the last Friday': {
      rule: { kind: 'monthly-weekday', nth: 'last', weekday: 'fri', at: '03:00' },
      times: ['2026-01-30T03:00', '2026-02-27T03:00', '2026-03-27T03:00', '2026-04-24T03:00'],
    },
    'by cron': {
      rule: { kind: 'cron', expression: '*/20 9-10 * * mon-fri' },
      times: ['2026-01-01T09:00', '2026-01-01T09:20', '2026-01-01T09:40', '2026-01-01T10:00'],
    },
    'by cron on leap days': {
      rule: { kind: 'cron', expression: '0 0 29 feb *' },
      times: ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00', '2040-02-29T00:00'],
    },
    'by cron on either day, as Vixie cron has it': {
      rule: { kind: 'cron', expression: '0 0 3 * mon' },
      times: ['2026-01-03T00:00', '2026-01-05T00:00', '2026-01-12T00:00', '2026-01-19T00:00'],
    },
    'by cron to the end of a week that ends on Sunday': {
      rule: { kind: 'cron', expression: '0 0 * * sat-sun' },
      times: ['2026-01-03T00:00', '2026-01-04T00:00', '2026-01-10T00:00', '2026-01-11T00:00'],
    },
  };
  for (const [title, { rule, times }] of cases('happens {case}', rules)) {
    it(title, () => {
      expect(timesOf(recurrenceOf(rule))).to.deep.equal(times);
    });
  }

  const spring = { zone: 'America/New_York', after: '2026-03-08T05:00:00Z' };
  const gaps = { skip: '2026-03-09T06:30', end: '2026-03-08T07:00', shift: '2026-03-08T07:30' } as const;
  for (const [title, [gap, time]] of cases('runs what a clock leaves out by the policy {case}', byName(gaps))) {
    it(title, () => {
      const recurrence = recurrenceOf({ kind: 'daily', at: '02:30' }, { zone: spring.zone, gap });

      expect(timesOf(recurrence, { after: spring.after, count: 1 })).to.deep.equal([time]);
    });
  }

  it('runs several that a clock leaves out once, when it shows what comes after them', () => {
    const quarterly = recurrenceOf({ kind: 'cron', expression: '*/15 2,3 * * *' }, { zone: spring.zone, gap: 'end' });

    const times = timesOf(quarterly, { after: spring.after, count: 2 });

    expect(times).to.deep.equal(['2026-03-08T07:00', '2026-03-08T07:15']);
  });

  it('shifts what a zone left out at the end of a year into the next one', () => {
    const rule: Rule = { kind: 'cron', expression: '30 20 * * sat' };
    const saturday = recurrenceOf(rule, { zone: 'Pacific/Kiritimati', gap: 'shift' });

    const times = timesOf(saturday, { after: '1995-01-01T01:00:00Z', count: 2 });

    // There was no 31 December 1994, which would have been a Saturday.
    expect(times).to.deep.equal(['1995-01-01T06:30', '1995-01-07T06:30']);
  });

  const autumn = { zone: 'America/New_York', after: '2026-11-01T04:00:00Z' };
  const overlaps = {
    first: ['2026-11-01T05:30', '2026-11-02T06:30'],
    second: ['2026-11-01T06:30', '2026-11-02T06:30'],
    both: ['2026-11-01T05:30', '2026-11-01T06:30'],
  } as const;
  for (const [title, [overlap, times]] of cases(
    'runs what a clock shows twice by the policy {case}',
    byName(overlaps),
  )) {
    it(title, () => {
      const recurrence = recurrenceOf({ kind: 'daily', at: '01:30' }, { zone: autumn.zone, overlap });

      expect(timesOf(recurrence, { after: autumn.after, count: 2 })).to.deep.equal(times);
    });
  }

  it('keeps its intervals when the clocks change', () => {
    const rule: Rule = { kind: 'every', count: 1, unit: 'days', anchor: '2026-03-07T17:00:00Z' };

    const times = timesOf(recurrenceOf(rule, { zone: spring.zone }), { count: 3 });

    expect(times).to.deep.equal(['2026-03-07T17:00', '2026-03-08T17:00', '2026-03-09T17:00']);
  });

  it('tells the last time in a span, however long, and none where there is none', () => {
    const minutely = recurrenceOf({ kind: 'cron', expression: '* * * * *' });
    const lastIn = (after: string, until: string) =>
      minutely.last({ after: new Date(after), until: new Date(until) })?.toISOString() ?? null;

    expect([
      lastIn(NEW_YEAR, '2036-01-01T00:00:30Z'),
      lastIn(NEW_YEAR, '2026-01-01T00:01:00Z'),
      lastIn(NEW_YEAR, '2026-01-01T00:00:59.999Z'),
      lastIn(NEW_YEAR, '2025-01-01T00:00:00Z'),
    ]).to.deep.equal(['2036-01-01T00:00:00.000Z', '2026-01-01T00:01:00.000Z', null, null]);
  });

  it('ends with the year 9999', () => {
    const daily = recurrenceOf({ kind: 'daily', at: '12:00' });

    expect(timesOf(daily, { after: '9999-12-30T13:00:00Z' })).to.deep.equal(['9999-12-31T12:00']);
  });

  const words: Readonly<Record<string, Rule>> = {
    'once at 2026-03-01T12:00:00Z': { kind: 'once', at: '2026-03-01T12:00:00Z' },
    'every hour from 2026-01-01T00:00:00Z': { kind: 'every', count: 1, unit: 'hours', anchor: NEW_YEAR },
    'every 15 minutes from 2026-01-01T00:00:00Z': { kind: 'every', count: 15, unit: 'minutes', anchor: NEW_YEAR },
    'every day at 02:30 Europe/Berlin': { kind: 'daily', at: '02:30' },
    'every weekday at 02:30 Europe/Berlin': {
      kind: 'weekly',
      weekdays: ['fri', 'mon', 'tue', 'wed', 'thu', 'mon'],
      at: '02:30',
    },
    'every Monday, Saturday and Sunday at 02:30 Europe/Berlin': {
      kind: 'weekly',
      weekdays: ['sun', 'mon', 'sat'],
      at: '02:30',
    },
    'on day 7 of every month at 02:30 Europe/Berlin': { kind: 'monthly', day: 7, shortMonths: 'skip', at: '02:30' },
    'on day 31 of every month that has it at 02:30 Europe/Berlin': {
      kind: 'monthly',
      day: 31,
      shortMonths: 'skip',
      at: '02:30',
    },
    'on day 31 of every month, or its last day, at 02:30 Europe/Berlin': {
      kind: 'monthly',
      day: 31,
      shortMonths: 'last-day',
      at: '02:30',
    },
    'on the last day of every month at 02:30 Europe/Berlin': {
      kind: 'monthly',
      day: 'last',
      shortMonths: 'skip',
      at: '02:30',
    },
    'on the second Tuesday of every month at 02:30 Europe/Berlin': {
      kind: 'monthly-weekday',
      nth: 2,
      weekday: 'tue',
      at: '02:30',
    },
    'by cron "0 3 * * *" Europe/Berlin': { kind: 'cron', expression: '0 3 * * *' },
  };
  for (const [title, [text, rule]] of cases('says: {case}', byName(words))) {
    it(title, () => {
      expect(recurrenceOf(rule, { zone: 'Europe/Berlin' }).inWords()).to.equal(text);
    });
  }

  it('knows a zone in any case, and calls it as it is usually called', () => {
    const recurrence = recurrenceOf({ kind: 'daily', at: '02:30' }, { zone: 'europe/BERLIN' });

    expect(recurrence.written.zone).to.equal('Europe/Berlin');
  });
});

/** Each value with its own name. */
function byName<Value, Name extends string>(
  values: Readonly<Record<Name, Value>>,
): Readonly<Record<Name, readonly [Name, Value]>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [name, value]])) as never;
}
