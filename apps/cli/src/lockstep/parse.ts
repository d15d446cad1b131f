import type { z } from 'zod';
import { CannotRun } from '../commands/outcome.ts';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What an option or a file says, held to the same schema as a request. `named` says where a field was written. */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
  named: (field: string) => string = optionOf,
): z.output<Schema> {
  const result = schema.safeParse(withoutGaps(given));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${named(path.join('.'))}: ${message}`);
  throw new CannotRun(`${problems.join('. ')}. See --help.`);
}

/** A length of time, such as 90s, 15m or 2h, in milliseconds. */
export function milliseconds(text: string, option: string): number {
  const [, count, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  const result = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  // A timer takes no more.
  if (result >= 1 && result < 2 ** 31) return result;
  throw new CannotRun(`--${option}: write a length of time of up to 24 days, such as 90s, 15m or 2h, not "${text}".`);
}

function optionOf(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Options that were not given are no fields of a query. */
function withoutGaps(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
