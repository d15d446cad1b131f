import { DAY, MINUTE, type WallTime } from './wall-time.ts';

/** A day of the Gregorian calendar. `month` is 1 to 12, `weekday` 0 (Sunday) to 6, `length` that of its month. */
export type CivilDay = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly length: number;
};

/** The end of what a column of the database and an answer in ISO 8601 can hold. */
export const END_OF_TIME = Date.UTC(10_000, 0, 1);
/** Weekdays and leap years repeat after so many years: what does not happen in them never does. */
const CYCLE = 400;

/**
 * Minutes on the wall: certain times of certain days, without regard to what any zone's clocks do. They are written as
 * milliseconds, as if they were UTC.
 */
export class Calendar {
  readonly #months: ReadonlySet<number>;
  readonly #isDay: (day: CivilDay) => boolean;
  readonly #times: readonly WallTime[];

  constructor(parts: {
    readonly months: ReadonlySet<number>;
    readonly isDay: (day: CivilDay) => boolean;
    /** Ascending, each once. */
    readonly times: readonly WallTime[];
  }) {
    this.#months = parts.months;
    this.#isDay = parts.isDay;
    this.#times = parts.times;
  }

  /** The earliest minute that is not before `from` but before `end`; null when there is none. */
  first(from: number, end: number): number | null {
    let midnight = Math.floor(from / DAY) * DAY;
    for (; midnight < end; midnight = this.#nextDay(midnight)) {
      if (!this.#has(midnight)) continue;
      const time = this.#times.find((minutes) => midnight + minutes * MINUTE >= from);
      const found = time === undefined ? end : midnight + time * MINUTE;
      if (found < end) return found;
    }
    return null;
  }

  /** Whether there is a minute at all. */
  isEmpty(): boolean {
    return this.first(Date.UTC(2000), Date.UTC(2000 + CYCLE)) === null;
  }

  #has(midnight: number): boolean {
    const date = new Date(midnight);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
    if (!this.#months.has(month)) return false;
    return this.#isDay({
      year,
      month,
      day: date.getUTCDate(),
      weekday: date.getUTCDay(),
      length: lengthOf(year, month),
    });
  }

  /** The next midnight of a month in question. */
  #nextDay(midnight: number): number {
    const date = new Date(midnight + DAY);
    if (this.#months.has(date.getUTCMonth() + 1)) return midnight + DAY;
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  }
}

function lengthOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
