import { assertNever, err, ok, type Result } from '#kernel';
import { Calendar, type CivilDay } from './calendar.ts';
import { parseCron } from './cron.ts';
import type { InvalidRecurrence } from './invalid-recurrence.ts';
import type { Rule } from './rule.ts';
import { parseWallTime } from './wall-time.ts';
import { weekdays } from './weekday.ts';

/** Rules that go by the clock on the wall. */
export type CalendarRule = Exclude<Rule, { readonly kind: 'once' | 'every' }>;
type DayRule = Exclude<CalendarRule, { readonly kind: 'cron' }>;

const EVERY_MONTH = new Set(Array.from({ length: 12 }, (_, index) => index + 1));
const LONGEST_EXPRESSION = 200;

export function calendarOf(rule: CalendarRule): Result<Calendar, InvalidRecurrence> {
  if (rule.kind === 'cron') {
    if (rule.expression.length <= LONGEST_EXPRESSION) return parseCron(rule.expression);
    return invalid('expression', `is longer than ${LONGEST_EXPRESSION} characters`);
  }
  const time = parseWallTime(rule.at);
  if (time === null) return invalid('at', 'must be a time of day from 00:00 to 23:59');
  const isDay = dayTestOf(rule);
  return isDay.ok ? ok(new Calendar({ months: EVERY_MONTH, isDay: isDay.value, times: [time] })) : isDay;
}

function dayTestOf(rule: DayRule): Result<(day: CivilDay) => boolean, InvalidRecurrence> {
  switch (rule.kind) {
    case 'daily':
      return ok(() => true);
    case 'weekly': {
      const wanted = new Set(rule.weekdays.map((weekday) => weekdays.indexOf(weekday)));
      if (wanted.size === 0 || wanted.has(-1)) {
        return invalid('weekdays', `must be one or more of ${weekdays.join(', ')}`);
      }
      return ok(({ weekday }) => wanted.has(weekday));
    }
    case 'monthly': {
      const { day: wanted, shortMonths } = rule;
      if (wanted === 'last') return ok(({ day, length }) => day === length);
      if (!isWithin(wanted, 31)) return invalid('day', 'must be a whole number from 1 to 31, or "last"');
      if (shortMonths === 'last-day') return ok(({ day, length }) => day === Math.min(wanted, length));
      return ok(({ day }) => day === wanted);
    }
    case 'monthly-weekday': {
      const { nth } = rule;
      const wanted = weekdays.indexOf(rule.weekday);
      if (wanted < 0) return invalid('weekday', `must be one of ${weekdays.join(', ')}`);
      if (nth === 'last') return ok(({ day, weekday, length }) => weekday === wanted && day + 7 > length);
      if (!isWithin(nth, 5)) return invalid('nth', 'must be a whole number from 1 to 5, or "last"');
      return ok(({ day, weekday }) => weekday === wanted && Math.ceil(day / 7) === nth);
    }
    default:
      return assertNever(rule);
  }
}

function isWithin(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 1 && number <= most;
}

function invalid(field: string, problem: string): Result<never, InvalidRecurrence> {
  return err({ kind: 'InvalidRecurrence', field: `rule.${field}`, problem });
}
