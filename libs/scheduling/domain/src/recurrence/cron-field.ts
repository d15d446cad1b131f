import { err, ok, type Result } from '#kernel';
import type { InvalidRecurrence } from './invalid-recurrence.ts';

/** One of the five parts of a cron expression. */
export type CronField = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Other ways to write the numbers, from `from` on, such as `jan`. */
  readonly names?: readonly string[];
  /** What else a part may be, told to people who wrote something different. */
  readonly also?: string;
};

const ITEM = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/;

/** Reads one item of a field's list: `*`, `5`, `mon-fri`, `0-30/10` or `*` and a step. */
export function parseCronItem(text: string, field: CronField): Result<readonly number[], InvalidRecurrence> {
  const [, star, first, last, step] = ITEM.exec(text) ?? [];
  const { from, to } = field;
  const low = star === undefined ? numberOf(first, field) : from;
  // A step without an end goes on to the end, as in 5/10.
  const high = star === undefined && last === undefined && step === undefined ? low : endOf(last, field);
  const by = step === undefined ? 1 : Number(step);
  if (low === null || high === null || low > high || by < 1) return err(notAllowed(text, field));
  if (low < from || high > to) return err(notAllowed(text, field));
  return ok(Array.from({ length: Math.floor((high - low) / by) + 1 }, (_, index) => low + index * by));
}

export function notAllowed(text: string, { name, from, to, names, also }: CronField): InvalidRecurrence {
  const called = names === undefined ? '' : ` or ${names[0]} to ${names.at(-1)}`;
  const more = also === undefined ? '' : `, ${also}`;
  const problem = `has the ${name} "${text}": it takes ${from} to ${to}${called}, ranges such as ${from}-${from + 2}, steps such as */2, lists${more}`;
  return { kind: 'InvalidRecurrence', field: 'rule.expression', problem };
}

function endOf(last: string | undefined, field: CronField): number | null {
  return last === undefined ? field.to : numberOf(last, field);
}

function numberOf(text: string | undefined, { from, names = [] }: CronField): number | null {
  if (text === undefined) return null;
  if (/^\d+$/.test(text)) return Number(text);
  const index = names.indexOf(text.toLowerCase());
  return index < 0 ? null : from + index;
}
