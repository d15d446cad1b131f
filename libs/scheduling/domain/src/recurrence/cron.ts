import { err, ok, type Result } from '#kernel';
import { Calendar } from './calendar.ts';
import { parseDayOfMonth, parseDayOfWeek, type DayTest } from './cron-days.ts';
import { parseCronItem, type CronField } from './cron-field.ts';
import type { InvalidRecurrence } from './invalid-recurrence.ts';

const minute: CronField = { name: 'minute', from: 0, to: 59 };
const hour: CronField = { name: 'hour', from: 0, to: 23 };
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month: CronField = { name: 'month', from: 1, to: 12, names: MONTHS };

const MACROS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
};

/**
 * Reads a cron expression of five fields: minute, hour, day of the month, month, day of the week.
 *
 * As in Vixie cron, a day is meant when either day field says so, if both are restricted; a field that begins with a star is
 * not (also one with a step), and then both must say so. Beyond Vixie cron there are L, W and #.
 */
export function parseCron(expression: string): Result<Calendar, InvalidRecurrence> {
  const fields = (MACROS[expression.toLowerCase()] ?? expression).trim().split(/\s+/);
  const [minutes = '', hours = '', days = '', months = '', weekdays = ''] = fields;
  if (fields.length !== 5) {
    const names = 'minute, hour, day of the month, month, day of the week';
    return invalid(`takes five fields (${names}) or one of ${Object.keys(MACROS).join(', ')}, not "${expression}"`);
  }
  const minuteNumbers = parseNumbers(minutes, minute);
  if (!minuteNumbers.ok) return minuteNumbers;
  const hourNumbers = parseNumbers(hours, hour);
  if (!hourNumbers.ok) return hourNumbers;
  const dayTest = parseEach(days, parseDayOfMonth);
  if (!dayTest.ok) return dayTest;
  const monthNumbers = parseNumbers(months, month);
  if (!monthNumbers.ok) return monthNumbers;
  const weekdayTest = parseEach(weekdays, parseDayOfWeek);
  if (!weekdayTest.ok) return weekdayTest;

  const isRestricted = !days.startsWith('*') && !weekdays.startsWith('*');
  const [isDay, isWeekday] = [anyOf(dayTest.value), anyOf(weekdayTest.value)];
  const calendar = new Calendar({
    months: new Set(monthNumbers.value),
    isDay: isRestricted ? (day) => isDay(day) || isWeekday(day) : (day) => isDay(day) && isWeekday(day),
    times: hourNumbers.value.flatMap((hours) => minuteNumbers.value.map((minutes) => hours * 60 + minutes)),
  });
  return calendar.isEmpty() ? invalid(`"${expression}" never happens: no month has such a day`) : ok(calendar);
}

/** What the list of a field stands for: ascending, each once. */
function parseNumbers(text: string, field: CronField): Result<readonly number[], InvalidRecurrence> {
  const items = parseEach(text, (item) => parseCronItem(item, field));
  return items.ok ? ok([...new Set(items.value.flat())].sort((one, other) => one - other)) : items;
}

function parseEach<T>(
  text: string,
  parse: (item: string) => Result<T, InvalidRecurrence>,
): Result<readonly T[], InvalidRecurrence> {
  const parsed: T[] = [];
  for (const item of text.split(',')) {
    const result = parse(item);
    if (!result.ok) return result;
    parsed.push(result.value);
  }
  return ok(parsed);
}

function anyOf(tests: readonly DayTest[]): DayTest {
  return (day) => tests.some((test) => test(day));
}

function invalid(problem: string): Result<never, InvalidRecurrence> {
  return err({ kind: 'InvalidRecurrence', field: 'rule.expression', problem });
}
