import { err, ok, type Result } from '#kernel';
import { END_OF_TIME } from './calendar.ts';
import type { InvalidRecurrence } from './invalid-recurrence.ts';
import { unitMs, type Rule } from './rule.ts';

/** Instants that are repeated, in milliseconds of the Unix time. */
export interface Instants {
  /** The earliest that is not before `from`; null when there is none before the year 10000. */
  first(from: number): number | null;
}

/** Rules that no clock on the wall has a say in. */
export type ElapsedRule = Extract<Rule, { readonly kind: 'once' | 'every' }>;

const LONGEST_MS = 3_660 * unitMs.days;
const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export function instantsOf(rule: ElapsedRule): Result<Instants, InvalidRecurrence> {
  if (rule.kind === 'once') {
    const at = parseInstant(rule.at);
    return at === null ? noInstant('at') : ok({ first: (from) => (at >= from ? at : null) });
  }
  const anchor = parseInstant(rule.anchor);
  if (anchor === null) return noInstant('anchor');
  const everyMs = Object.hasOwn(unitMs, rule.unit) ? rule.count * unitMs[rule.unit] : NaN;
  if (Number.isNaN(everyMs)) return invalid('unit', `must be one of ${Object.keys(unitMs).join(', ')}`);
  if (!Number.isInteger(rule.count) || rule.count < 1 || everyMs > LONGEST_MS) {
    return invalid('count', `must be a whole number of ${rule.unit} from 1 to ${LONGEST_MS / unitMs[rule.unit]}`);
  }
  return ok({
    first: (from) => {
      const at = anchor + Math.max(0, Math.ceil((from - anchor) / everyMs)) * everyMs;
      return at < END_OF_TIME ? at : null;
    },
  });
}

function parseInstant(text: string): number | null {
  const instant = ISO.test(text) ? Date.parse(text) : NaN;
  return instant >= 0 && instant < END_OF_TIME && isCalendarDay(text.slice(0, 10)) ? instant : null;
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isCalendarDay(date: string): boolean {
  return new Date(date).toISOString().startsWith(date);
}

function noInstant(field: string): Result<never, InvalidRecurrence> {
  return invalid(field, 'must be an instant of the years 1970 to 9999 such as 2026-01-31T02:30:00Z');
}

function invalid(field: string, problem: string): Result<never, InvalidRecurrence> {
  return err({ kind: 'InvalidRecurrence', field: `rule.${field}`, problem });
}
