import { err, ok, type Result } from '#kernel';
import type { CivilDay } from './calendar.ts';
import { notAllowed, parseCronItem, type CronField } from './cron-field.ts';
import type { InvalidRecurrence } from './invalid-recurrence.ts';
import { weekdays } from './weekday.ts';

/** Whether a day is meant. */
export type DayTest = (day: CivilDay) => boolean;

export const dayOfMonth: CronField = {
  name: 'day of the month',
  from: 1,
  to: 31,
  also: 'L for the last day, 15W for the weekday nearest to the 15th, LW for the last one',
};
/** Seven is Sunday too. */
export const dayOfWeek: CronField = {
  name: 'day of the week',
  from: 0,
  to: 7,
  names: weekdays,
  also: 'fri#2 for the second Friday, friL for the last one',
};

const SATURDAY = 6;
const SUNDAY = 0;

/** Reads one item of the days of the month. */
export function parseDayOfMonth(text: string): Result<DayTest, InvalidRecurrence> {
  const upper = text.toUpperCase();
  if (upper === 'L') return ok(({ day, length }) => day === length);
  if (upper === 'LW') return ok((date) => date.day === nearestWorkday(date, date.length));

  const [, near] = /^(\d+)W$/.exec(upper) ?? [];
  const items = parseCronItem(near ?? text, dayOfMonth);
  if (!items.ok) return err(notAllowed(text, dayOfMonth));
  if (near === undefined) return ok(({ day }) => items.value.includes(day));
  const wanted = Number(near);
  return ok((date) => wanted <= date.length && date.day === nearestWorkday(date, wanted));
}

/** Reads one item of the days of the week. */
export function parseDayOfWeek(text: string): Result<DayTest, InvalidRecurrence> {
  const [, name = text, last, nth] = /^(\w+?)(?:(l)|#([1-5]))$/i.exec(text) ?? [];
  const isSpecial = last !== undefined || nth !== undefined;
  // Behind a dash Sunday ends the week, as in fri-sun.
  const items = parseCronItem(name.replace(/(?<!sun)-sun/i, '-7'), dayOfWeek);
  if (!items.ok || (isSpecial && items.value.length > 1)) return err(notAllowed(text, dayOfWeek));
  const wanted = new Set(items.value.map((weekday) => weekday % 7));
  if (last !== undefined) return ok(({ day, weekday, length }) => wanted.has(weekday) && day + 7 > length);
  if (nth !== undefined) return ok(({ day, weekday }) => wanted.has(weekday) && Math.ceil(day / 7) === Number(nth));
  return ok(({ weekday }) => wanted.has(weekday));
}

/** The day from Monday to Friday that is nearest to `wanted`, in the same month. */
function nearestWorkday({ day, weekday, length }: CivilDay, wanted: number): number {
  const weekdayThen = (((weekday + wanted - day) % 7) + 7) % 7;
  if (weekdayThen === SATURDAY) return wanted === 1 ? 3 : wanted - 1;
  if (weekdayThen === SUNDAY) return wanted === length ? wanted - 2 : wanted + 1;
  return wanted;
}
