import { END_OF_TIME, type Calendar } from './calendar.ts';
import type { TimeZone, ZoneSpan } from './time-zone.ts';

/**
 * What becomes of minutes that a zone's clocks leave out when they are put forward: they are left out, all of them happen at
 * once when the gap is over, or each happens as much later as the clocks were put forward.
 */
export const gapPolicies = ['skip', 'end', 'shift'] as const;
export type GapPolicy = (typeof gapPolicies)[number];

/** Which of two minutes counts that show the same time because the clocks were put back. */
export const overlapPolicies = ['first', 'second', 'both'] as const;
export type OverlapPolicy = (typeof overlapPolicies)[number];

export type ZonedCalendarParts = {
  readonly calendar: Calendar;
  readonly zone: TimeZone;
  readonly gap: GapPolicy;
  readonly overlap: OverlapPolicy;
};

/**
 * A calendar by the clocks of a zone. It goes from one change of the clocks to the next: in between, minutes on the wall and
 * instants differ by a constant, so that nothing is lost there and nothing happens twice; at a change the policies decide.
 */
export class ZonedCalendar {
  readonly #parts: ZonedCalendarParts;

  constructor(parts: ZonedCalendarParts) {
    this.#parts = parts;
  }

  /** The earliest instant that is not before `from`; null when there is none before the year 10000. */
  first(from: number): number | null {
    const { zone } = this.#parts;
    let at = from;
    while (at < END_OF_TIME) {
      const span = zone.spanAt(at);
      const found = earlier(this.#inGap(span, at), this.#onTheWall(span, at));
      if (found !== null) return found < END_OF_TIME ? found : null;
      at = span.end;
    }
    return null;
  }

  /** Of the minutes that were left out when the span began. */
  #inGap({ start, offset, offsetBefore }: ZoneSpan, from: number): number | null {
    const { calendar, gap } = this.#parts;
    if (offset <= offsetBefore || gap === 'skip') return null;
    const [begin, end] = [start + offsetBefore, start + offset];
    if (gap === 'end') return from <= start && calendar.first(begin, end) !== null ? start : null;
    const minute = calendar.first(Math.max(begin, from + offsetBefore), end);
    return minute === null ? null : minute - offsetBefore;
  }

  /** Of the minutes that the clocks show in the span, but for those that the policy leaves to the other side of a change. */
  #onTheWall({ start, end, offset, offsetBefore, offsetAfter }: ZoneSpan, from: number): number | null {
    const { calendar, overlap } = this.#parts;
    const begin = overlap === 'first' ? start + Math.max(0, offsetBefore - offset) : start;
    const until = overlap === 'second' ? end - Math.max(0, offset - offsetAfter) : end;
    const minute = calendar.first(Math.max(begin, from) + offset, until + offset);
    return minute === null ? null : minute - offset;
  }
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
