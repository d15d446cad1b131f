import { err, ok, type Result } from '#kernel';
import { calendarOf } from './calendar-rule.ts';
import { inWords } from './in-words.ts';
import { instantsOf, type Instants } from './elapsed-rule.ts';
import type { InvalidRecurrence } from './invalid-recurrence.ts';
import type { Rule } from './rule.ts';
import { TimeZone } from './time-zone.ts';
import { gapPolicies, overlapPolicies, ZonedCalendar, type GapPolicy, type OverlapPolicy } from './zoned-calendar.ts';

/** A recurrence as plain data: what is written, stored and shown. Zone and policies matter to rules of the calendar only. */
export type WrittenRecurrence = {
  readonly rule: Rule;
  /** A name of the IANA time zone database. */
  readonly zone: string;
  /** For times that the zone's clocks leave out when they are put forward. */
  readonly gap: GapPolicy;
  /** For times that come twice because they are put back. */
  readonly overlap: OverlapPolicy;
};

/**
 * When something is due, again and again. Each of these instants is a tick: the earlier is always less than the later, none is
 * there twice, and none is skipped, however often and from wherever one asks.
 */
export class Recurrence {
  readonly written: WrittenRecurrence;
  readonly #instants: Instants;

  private constructor(written: WrittenRecurrence, instants: Instants) {
    this.written = written;
    this.#instants = instants;
  }

  static parse(written: WrittenRecurrence): Result<Recurrence, InvalidRecurrence> {
    const zone = TimeZone.find(written.zone);
    if (zone === null) return invalid('zone', 'must be a name of the IANA time zone database, such as Europe/Berlin');
    const { rule, gap, overlap } = written;
    if (!gapPolicies.includes(gap)) return invalid('gap', `must be one of ${gapPolicies.join(', ')}`);
    if (!overlapPolicies.includes(overlap)) return invalid('overlap', `must be one of ${overlapPolicies.join(', ')}`);

    const normal = { rule, zone: zone.name, gap, overlap };
    if (rule.kind === 'once' || rule.kind === 'every') {
      const instants = instantsOf(rule);
      return instants.ok ? ok(new Recurrence(normal, instants.value)) : instants;
    }
    const calendar = calendarOf(rule);
    if (!calendar.ok) return calendar;
    return ok(new Recurrence(normal, new ZonedCalendar({ calendar: calendar.value, zone, gap, overlap })));
  }

  /** The first tick after an instant; null when there is none any more. */
  next(after: Date): Date | null {
    const tick = this.#instants.first(after.getTime() + 1);
    return tick === null ? null : new Date(tick);
  }

  /** The first `count` ticks after an instant; fewer when there are no more. */
  nextTimes({ after, count }: { readonly after: Date; readonly count: number }): readonly Date[] {
    const ticks: Date[] = [];
    for (let tick = this.next(after); tick !== null && ticks.length < count; tick = this.next(tick)) ticks.push(tick);
    return ticks;
  }

  /** The last tick after one instant and not after another; null when there is none. */
  last({ after, until }: { readonly after: Date; readonly until: Date }): Date | null {
    let [found, low, high] = [null as Date | null, after.getTime(), until.getTime()];
    // Halves the time in which it can be: what `next` finds in the later half counts, else it is in the earlier.
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const tick = this.#instants.first(middle + 1);
      if (tick !== null && tick <= until.getTime()) [found, low] = [new Date(tick), tick];
      else high = middle;
    }
    return found;
  }

  /** Such as "every weekday at 02:30 Europe/Berlin". */
  inWords(): string {
    return inWords(this.written);
  }
}

function invalid(field: string, problem: string): Result<never, InvalidRecurrence> {
  return err({ kind: 'InvalidRecurrence', field, problem });
}
