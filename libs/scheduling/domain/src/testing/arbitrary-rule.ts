import { fc } from '#testing/properties';
import type { Rule } from '../recurrence/rule.ts';
import { wallTimeText } from '../recurrence/wall-time.ts';
import { weekdays } from '../recurrence/weekday.ts';
import type { OracleCalendar, OracleDay } from './calendar-oracle.ts';

/** A rule of the calendar, and what it means in the oracle's words. */
export type MeantRule = { readonly rule: Rule; readonly calendar: OracleCalendar };

type Field = { readonly text: string; readonly values: readonly number[] };
type DayField = { readonly text: string; readonly isDay: (date: OracleDay) => boolean };

const upTo = (from: number, to: number, step = 1): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

/** A field of numbers: few of them for the most part, so that what is next is not always near. */
function field(from: number, to: number, names: readonly string[] = []): fc.Arbitrary<Field> {
  const write = (number: number): string => names[number - from]?.toUpperCase() ?? String(number);
  const number = fc.integer({ min: from, max: to });
  const one = number.map((value): Field => ({ text: write(value), values: [value] }));
  const range = fc
    .tuple(number, number, fc.integer({ min: 1, max: Math.min(9, to - from) }))
    .map(([one, other, step]): Field => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const text = `${write(low)}-${write(high)}${step === 1 ? '' : `/${step}`}`;
      return { text, values: upTo(low, high, step) };
    });
  const list = fc
    .array(fc.oneof({ arbitrary: one, weight: 4 }, range), { minLength: 1, maxLength: 3 })
    .map((items): Field => ({
      text: items.map(({ text }) => text).join(','),
      values: items.flatMap(({ values }) => values),
    }));
  const star = fc.constant<Field>({ text: '*', values: upTo(from, to) });
  const steps = fc
    .integer({ min: 2, max: to - from })
    .map((step): Field => ({ text: `*/${step}`, values: upTo(from, to, step) }));
  return fc.oneof({ arbitrary: list, weight: 5 }, { arbitrary: star, weight: 2 }, steps);
}

/** The day from Monday to Friday that is nearest to `wanted` in the month of `date`; no two are equally near. */
function nearestWorkday({ day, dayOfWeek, daysInMonth }: OracleDay, wanted: number): number | undefined {
  const isWorkday = (one: number): boolean => (((dayOfWeek - 1 + one - day) % 7) + 7) % 7 < 5;
  const near = [wanted, wanted - 1, wanted + 1, wanted - 2, wanted + 2];
  return near.filter((one) => one >= 1 && one <= daysInMonth).find(isWorkday);
}

const dayOfMonth: fc.Arbitrary<DayField> = fc.oneof(
  {
    weight: 6,
    arbitrary: field(1, 31).map(({ text, values }): DayField => ({ text, isDay: ({ day }) => values.includes(day) })),
  },
  fc.constant<DayField>({ text: 'L', isDay: ({ day, daysInMonth }) => day === daysInMonth }),
  fc.constant<DayField>({ text: 'LW', isDay: (date) => date.day === nearestWorkday(date, date.daysInMonth) }),
  fc.integer({ min: 1, max: 31 }).map((wanted): DayField => ({
    text: `${wanted}W`,
    isDay: (date) => wanted <= date.daysInMonth && date.day === nearestWorkday(date, wanted),
  })),
);

/** Which of its weekday's days in the month a day is, by going back week by week. */
function positionInMonth({ day }: OracleDay): number {
  let position = 0;
  for (let earlier = day; earlier >= 1; earlier -= 7) position += 1;
  return position;
}

const isLastInMonth = ({ day, daysInMonth }: OracleDay): boolean => day + 7 > daysInMonth;

const dayOfWeek: fc.Arbitrary<DayField> = fc.oneof(
  {
    weight: 6,
    arbitrary: field(0, 6, weekdays).map(({ text, values }): DayField => ({
      text,
      isDay: (date) => values.includes(date.dayOfWeek % 7),
    })),
  },
  fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 5 })).map(([weekday, nth]): DayField => ({
    text: `${weekdays[weekday]}#${nth}`,
    isDay: (date) => date.dayOfWeek % 7 === weekday && positionInMonth(date) === nth,
  })),
  fc.integer({ min: 0, max: 7 }).map((weekday): DayField => ({
    text: `${weekday}L`,
    isDay: (date) => date.dayOfWeek % 7 === weekday % 7 && isLastInMonth(date),
  })),
);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Cron expressions of every kind. */
export const arbitraryCron: fc.Arbitrary<MeantRule> = fc
  .record({
    minute: field(0, 59),
    hour: field(0, 23),
    day: fc.oneof({ weight: 2, arbitrary: fc.constant<DayField>({ text: '*', isDay: () => true }) }, dayOfMonth),
    month: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Field>({ text: '*', values: upTo(1, 12) }) },
      field(1, 12, MONTHS),
    ),
    weekday: fc.oneof({ weight: 2, arbitrary: fc.constant<DayField>({ text: '*', isDay: () => true }) }, dayOfWeek),
  })
  .map(({ minute, hour, day, month, weekday }) => {
    const isEither = [day, weekday].every(({ text }) => !text.startsWith('*'));
    return {
      rule: { kind: 'cron', expression: [minute, hour, day, month, weekday].map(({ text }) => text).join(' ') },
      calendar: {
        minutes: minute.values,
        hours: hour.values,
        isDay: (date) =>
          month.values.includes(date.month) && [day, weekday][isEither ? 'some' : 'every'](({ isDay }) => isDay(date)),
      },
    };
  });

const days: fc.Arbitrary<{ readonly written: (at: string) => Rule; readonly isDay: OracleCalendar['isDay'] }> =
  fc.oneof(
    fc.constant({ written: (at: string): Rule => ({ kind: 'daily', at }), isDay: () => true }),
    fc.subarray([...weekdays], { minLength: 1 }).map((wanted) => ({
      written: (at: string): Rule => ({ kind: 'weekly', weekdays: wanted, at }),
      isDay: (date: OracleDay) => wanted.includes(weekdays[date.dayOfWeek % 7]!),
    })),
    fc.tuple(fc.integer({ min: 1, max: 31 }), fc.constantFrom('skip', 'last-day')).map(([day, shortMonths]) => ({
      written: (at: string): Rule => ({ kind: 'monthly', day, shortMonths, at }),
      isDay: (date: OracleDay) => date.day === (shortMonths === 'skip' ? day : Math.min(day, date.daysInMonth)),
    })),
    fc.constant({
      written: (at: string): Rule => ({ kind: 'monthly', day: 'last', shortMonths: 'skip', at }),
      isDay: ({ day, daysInMonth }: OracleDay) => day === daysInMonth,
    }),
    fc
      .tuple(fc.constantFrom(...weekdays), fc.constantFrom<number | 'last'>(1, 2, 3, 4, 5, 'last'))
      .map(([weekday, nth]) => ({
        written: (at: string): Rule => ({ kind: 'monthly-weekday', nth, weekday, at }),
        isDay: (date: OracleDay) =>
          weekdays[date.dayOfWeek % 7] === weekday &&
          (nth === 'last' ? isLastInMonth(date) : positionInMonth(date) === nth),
      })),
  );

const simple: fc.Arbitrary<MeantRule> = fc
  .tuple(days, fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 45, 59))
  .map(([{ written, isDay }, hour, minute]) => ({
    rule: written(wallTimeText(hour * 60 + minute)),
    calendar: { isDay, hours: [hour], minutes: [minute] },
  }));

/** Rules of the calendar of every kind. */
export const arbitraryRule: fc.Arbitrary<MeantRule> = fc.oneof({ weight: 2, arbitrary: arbitraryCron }, simple);
