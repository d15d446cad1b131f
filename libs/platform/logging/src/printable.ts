import { Secret, type Json } from '#kernel';
import { FIELD_NAMES } from './field-names.ts';

const LISTED: ReadonlySet<string> = new Set(FIELD_NAMES);
const DEEPEST = 6;
const LONGEST_TEXT = 8_192;

/** Fields as they may leave the process: listed names only, no secret, of limited size, and never a throw. */
export function printableFields(fields: object): Record<string, Json> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, LISTED.has(name) ? printable(value) : '[not listed]']),
  );
}

function printable(value: unknown): Json {
  try {
    return printableAt(value, 0);
  } catch {
    return '[unprintable]';
  }
}

function printableAt(value: unknown, depth: number): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return shortened(value);
  if (typeof value === 'boolean' || Number.isFinite(value)) return value as boolean | number;
  if (typeof value !== 'object') return String(value);
  if (value instanceof Secret) return value.toJSON();
  if (value instanceof Date) return value.toISOString();
  if (depth === DEEPEST) return '[too deep]';
  if (value instanceof Error) return printableError(value, depth);
  if (Array.isArray(value)) return value.map((item: unknown) => printableAt(item, depth + 1));
  const entries = Object.entries(value).map(([key, item]) => [key, printableAt(item, depth + 1)] as const);
  return Object.fromEntries(entries);
}

/** Errors of drivers carry statements and their parameters: only what every error has is printed, and its code. */
function printableError(error: Error & { code?: unknown }, depth: number): Json {
  return {
    name: error.name,
    message: shortened(error.message),
    stack: shortened(error.stack ?? ''),
    ...(typeof error.code === 'string' ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: printableAt(error.cause, depth + 1) }),
  };
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}… (${text.length} characters)`;
}
