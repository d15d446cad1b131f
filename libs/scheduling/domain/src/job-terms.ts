import { err, ok, type Json, type Result } from '#kernel';

/** What was asked for. `dueAt` moves when an attempt is to be repeated later; the rest never changes. */
export type JobTerms = {
  readonly type: string;
  readonly payload: Json;
  readonly priority: number;
  readonly dueAt: Date;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
};

/** The same before it was checked, with everything optional that has a usual value. */
export type ProposedJob = Pick<JobTerms, 'type' | 'payload'> & Partial<JobTerms>;

export type InvalidJob = { readonly kind: 'InvalidJob'; readonly field: string; readonly problem: string };

const RANGES = {
  priority: { from: 0, to: 9, usual: 5 },
  maxAttempts: { from: 1, to: 20, usual: 3 },
  timeoutMs: { from: 1_000, to: 86_400_000, usual: 600_000 },
} as const;

type Field = keyof typeof RANGES;

export function parseJobTerms(proposed: ProposedJob, now: Date): Result<JobTerms, InvalidJob> {
  const { type, payload, dueAt = now } = proposed;
  const numbers = {
    priority: proposed.priority ?? RANGES.priority.usual,
    maxAttempts: proposed.maxAttempts ?? RANGES.maxAttempts.usual,
    timeoutMs: proposed.timeoutMs ?? RANGES.timeoutMs.usual,
  };
  const outside = (Object.keys(RANGES) as Field[]).find((field) => !isWithin(field, numbers[field]));
  if (outside !== undefined) {
    const { from, to } = RANGES[outside];
    return err({ kind: 'InvalidJob', field: outside, problem: `must be a whole number from ${from} to ${to}` });
  }
  if (!hasFourDigitYear(dueAt)) {
    return err({ kind: 'InvalidJob', field: 'dueAt', problem: 'must be a time in the years 1970 to 9999' });
  }
  return ok({ type, payload, dueAt, ...numbers });
}

function isWithin(field: Field, value: number): boolean {
  return Number.isInteger(value) && value >= RANGES[field].from && value <= RANGES[field].to;
}

/** A `Date` can be invalid, and can hold years that no database column takes. */
function hasFourDigitYear(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1970 && year <= 9999;
}
