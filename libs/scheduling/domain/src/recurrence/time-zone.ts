/**
 * A time in which a zone's clocks keep their distance from UTC. All in milliseconds. A long one is given in parts: where one
 * part ends and the next begins the offset is the same, and no change is nearer than a day.
 */
export type ZoneSpan = {
  readonly start: number;
  readonly end: number;
  /** What a local clock shows more than UTC. */
  readonly offset: number;
  /** The offset before `start` and from `end` on. */
  readonly offsetBefore: number;
  readonly offsetAfter: number;
};

const DAY = 86_400_000;
/** Between two looks at an offset. A change and back in less time is not seen; the shortest since 1970 took a week (Brazil, 2000). */
const STEP = 5 * DAY;
/** How far the spans of a year reach into its neighbours: more than any change of a clock, and there was one of a day. */
const MARGIN = 2 * DAY;
/** How many years of a zone are remembered; each takes about 0.2 ms to work out. */
const MOST_YEARS = 500;
const DIGITS = /\d+/g;

const known = new Map<string, TimeZone>();

/** A zone of the IANA time zone database, as far as its clocks go: read from the runtime's own copy. */
export class TimeZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #years = new Map<number, readonly ZoneSpan[]>();

  private constructor(name: string, format: Intl.DateTimeFormat) {
    this.name = name;
    this.#format = format;
  }

  /** The zone of this name; null when there is none. */
  static find(name: string): TimeZone | null {
    // Names are the same in any case: kept once, however they are written.
    const key = name.toLowerCase();
    const found = known.get(key);
    if (found !== undefined) return found;
    const format = formatOf(name);
    if (format === null) return null;
    const usual = format.resolvedOptions().timeZone;
    const zone = new TimeZone(usual.toLowerCase() === key ? usual : name, format);
    known.set(key, zone);
    return zone;
  }

  /** The span that this instant lies in. */
  spanAt(instant: number): ZoneSpan {
    const year = new Date(instant).getUTCFullYear();
    const spans = this.#spansOf(year);
    return spans.find(({ end }) => instant < end) ?? spans.at(-1)!;
  }

  #spansOf(year: number): readonly ZoneSpan[] {
    const kept = this.#years.get(year);
    if (kept !== undefined) return kept;
    const spans = this.#measure(Date.UTC(year) - MARGIN, Date.UTC(year + 1) + MARGIN);
    if (this.#years.size >= MOST_YEARS) this.#years.clear();
    this.#years.set(year, spans);
    return spans;
  }

  #measure(from: number, to: number): readonly ZoneSpan[] {
    const spans: ZoneSpan[] = [];
    let start = from;
    let offset = this.#offsetAt(from);
    let offsetBefore = this.#offsetAt(from - 1_000);
    for (let at = from; at < to;) {
      const next = Math.min(at + STEP, to);
      const offsetAfter = this.#offsetAt(next);
      if (offsetAfter !== offset) {
        const end = this.#changeBetween(at, next);
        spans.push({ start, end, offset, offsetBefore, offsetAfter: this.#offsetAt(end) });
        [start, offsetBefore, offset] = [end, offset, this.#offsetAt(end)];
        at = end;
      } else {
        at = next;
      }
    }
    if (start < to) spans.push({ start, end: to, offset, offsetBefore, offsetAfter: this.#offsetAt(to) });
    return spans;
  }

  /** The first second with another offset than at `same`, given that `other` has another one. */
  #changeBetween(same: number, other: number): number {
    const offset = this.#offsetAt(same);
    let [low, high] = [same / 1_000, other / 1_000];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetAt(middle * 1_000) === offset) low = middle;
      else high = middle;
    }
    return high * 1_000;
  }

  #offsetAt(instant: number): number {
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] =
      this.#format.format(instant).match(DIGITS)?.map(Number) ?? [];
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  // The runtime also takes offsets such as +01:00, which are no zones.
  if (!/^[a-z]/i.test(timeZone)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}
