import { Temporal } from 'temporal-polyfill';
import type { GapPolicy, OverlapPolicy } from '../recurrence/zoned-calendar.ts';

/** A day as Temporal describes it. `dayOfWeek` is 1 (Monday) to 7. */
export type OracleDay = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly dayOfWeek: number;
  readonly daysInMonth: number;
};

/** A calendar by its parts, as the oracle understands it: it never sees the rule that they were written as. */
export type OracleCalendar = {
  readonly isDay: (date: OracleDay) => boolean;
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
};

export type OracleQuestion = {
  readonly calendar: OracleCalendar;
  readonly zone: string;
  readonly gap: GapPolicy;
  readonly overlap: OverlapPolicy;
  /** In milliseconds. */
  readonly after: number;
  /** How many days to look at. */
  readonly days: number;
};

/** Days that are looked at beyond the one with the first answer: clocks that change can make a later day's time come earlier. */
const MORE_DAYS = 2;
const DAY = 86_400_000;
const HOUR = 3_600_000;

/**
 * The first instant after another one, found by trying: each day in question, each time of that day, each handed to Temporal,
 * which knows what a zone's clocks make of it. 'beyond' where it is not within the days looked at.
 */
export function askOracle({ calendar, zone, gap, overlap, after, days }: OracleQuestion): number | 'beyond' {
  const today = Math.floor((after + nearbyOffset(after, zone)) / DAY);
  let [earliest, lastDay] = [Infinity, days];
  for (let offset = -MORE_DAYS; offset <= lastDay; offset += 1) {
    const date = dayAt(today + offset);
    if (!calendar.isDay(date)) continue;
    for (const instant of instantsOf({ date, calendar, zone, gap, overlap })) {
      if (instant > after && instant < earliest) earliest = instant;
    }
    if (earliest < Infinity) lastDay = Math.min(lastDay, offset + MORE_DAYS);
  }
  return earliest === Infinity ? 'beyond' : earliest;
}

/** Every instant between two, the first included, in order. */
export function instantsBetween(
  by: Omit<OracleQuestion, 'after' | 'days'>,
  { from, to }: { readonly from: number; readonly to: number },
): readonly number[] {
  const found = new Set<number>();
  for (let day = Math.floor(from / DAY) - MORE_DAYS; day <= Math.floor(to / DAY) + MORE_DAYS; day += 1) {
    const date = dayAt(day);
    if (!by.calendar.isDay(date)) continue;
    for (const instant of instantsOf({ ...by, date })) if (instant >= from && instant < to) found.add(instant);
  }
  return [...found].sort((one, other) => one - other);
}

type OneDay = Omit<OracleQuestion, 'after' | 'days'> & { readonly date: OracleDay };

function* instantsOf({ date, calendar, ...by }: OneDay): Iterable<number> {
  const midnight = Date.UTC(date.year, date.month - 1, date.day);
  const ofDay = constantOffset(midnight, midnight + DAY, by.zone);
  for (const hour of calendar.hours) {
    for (const minute of calendar.minutes) {
      const wall = midnight + hour * HOUR + minute * 60_000;
      const offset = ofDay ?? constantOffset(wall, wall, by.zone);
      if (offset === null) yield* instantsAt({ ...date, hour, minute }, by);
      else yield wall - offset;
    }
  }
}

type LocalTime = { year: number; month: number; day: number; hour: number; minute: number };

function* instantsAt(
  { year, month, day, hour, minute }: LocalTime,
  { zone, gap, overlap }: Pick<OneDay, 'zone' | 'gap' | 'overlap'>,
): Iterable<number> {
  const time = new Temporal.PlainDateTime(year, month, day, hour, minute);
  const early = time.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const late = time.toZonedDateTime(zone, { disambiguation: 'later' });
  if (early.toPlainDateTime().equals(time)) {
    if (overlap !== 'second') yield early.epochMilliseconds;
    if (overlap !== 'first') yield late.epochMilliseconds;
  } else if (gap === 'shift') {
    yield late.epochMilliseconds;
  } else if (gap === 'end') {
    const change = early.getTimeZoneTransition('next');
    if (change === null) throw new Error(`There is no change after ${early.toString()}.`);
    yield change.epochMilliseconds;
  }
}

const days = new Map<number, OracleDay>();

function dayAt(epochDay: number): OracleDay {
  const known = days.get(epochDay);
  if (known !== undefined) return known;
  const { year, month, day, dayOfWeek, daysInMonth } = new Temporal.PlainDate(1970, 1, 1).add({ days: epochDay });
  const date = { year, month, day, dayOfWeek, daysInMonth };
  days.set(epochDay, date);
  return date;
}

/** A change of a zone's clocks, with their offsets before and after, in milliseconds. */
export type ClockChange = { readonly at: number; readonly before: number; readonly after: number };

const [FROM, TO] = [Date.UTC(1999), Date.UTC(2038)];
const changes = new Map<string, readonly ClockChange[]>();

/** Every change of a zone's clocks from 1999 to 2037, as Temporal finds them. */
export function changesOf(zone: string): readonly ClockChange[] {
  const known = changes.get(zone);
  if (known !== undefined) return known;
  const found: ClockChange[] = [];
  let at = atInstant(FROM, zone).getTimeZoneTransition('next');
  for (; at !== null && at.epochMilliseconds < TO; at = at.getTimeZoneTransition('next')) {
    const before = at.subtract({ nanoseconds: 1 }).offsetNanoseconds / 1e6;
    found.push({ at: at.epochMilliseconds, before, after: at.offsetNanoseconds / 1e6 });
  }
  changes.set(zone, found);
  return found;
}

/** The offset between times on the wall (written as UTC) that no change is near to; else null: Temporal is asked about each. */
function constantOffset(from: number, to: number, zone: string): number | null {
  const next = changesOf(zone).find(({ at, before, after }) => from < at + Math.max(before, after) + HOUR);
  if (next === undefined) return nearbyOffset(TO, zone);
  return to < next.at + Math.min(next.before, next.after) - HOUR ? next.before : null;
}

function nearbyOffset(instant: number, zone: string): number {
  const next = changesOf(zone).find(({ at }) => instant < at);
  return next?.before ?? changesOf(zone).at(-1)?.after ?? atInstant(FROM, zone).offsetNanoseconds / 1e6;
}

function atInstant(instant: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
}
