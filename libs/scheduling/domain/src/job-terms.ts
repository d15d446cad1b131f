import { err, ok, type Json, type Result } from '#kernel';

/** What was asked for. `dueAt` moves when an attempt is to be repeated later, `maxAttempts` when more are granted; the rest never changes. */
export type JobTerms = {
  readonly type: string;
  readonly payload: Json;
  readonly priority: number;
  readonly dueAt: Date;
  readonly maxAttempts: number;
  readonly timeoutMs: number;
} & JobLimits & { readonly idempotencyKey: string | null };

/** Limits that most jobs do without. */
export type JobLimits = {
  /** From when the job is due to its first attempt. */
  readonly queueTimeoutMs: number | null;
  /** From when the job is due to its end. */
  readonly deadlineMs: number | null;
  /** From one sign of progress to the next. */
  readonly heartbeatTimeoutMs: number | null;
};

/** The same before it was checked, with everything optional that has a usual value. */
export type ProposedJob = Pick<JobTerms, 'type' | 'payload'> & {
  readonly [Term in Exclude<keyof JobTerms, 'type' | 'payload'>]?: NonNullable<JobTerms[Term]>;
};

export type InvalidJob = { readonly kind: 'InvalidJob'; readonly field: string; readonly problem: string };

const RANGES = {
  priority: { from: 0, to: 9, usual: 5 },
  maxAttempts: { from: 1, to: 20, usual: 3 },
  timeoutMs: { from: 1_000, to: 86_400_000, usual: 600_000 },
  queueTimeoutMs: { from: 1_000, to: 604_800_000, usual: null },
  deadlineMs: { from: 1_000, to: 604_800_000, usual: null },
  heartbeatTimeoutMs: { from: 1_000, to: 86_400_000, usual: null },
} as const;

type Field = keyof typeof RANGES;

export function parseJobTerms(proposed: ProposedJob, now: Date): Result<JobTerms, InvalidJob> {
  const { type, payload, dueAt = now, idempotencyKey = null } = proposed;
  const numbers = {
    priority: proposed.priority ?? RANGES.priority.usual,
    maxAttempts: proposed.maxAttempts ?? RANGES.maxAttempts.usual,
    timeoutMs: proposed.timeoutMs ?? RANGES.timeoutMs.usual,
    queueTimeoutMs: proposed.queueTimeoutMs ?? null,
    deadlineMs: proposed.deadlineMs ?? null,
    heartbeatTimeoutMs: proposed.heartbeatTimeoutMs ?? null,
  };
  const outside = (Object.keys(RANGES) as Field[]).find((field) => !isWithin(field, numbers[field]));
  if (outside !== undefined) {
    const { from, to } = RANGES[outside];
    return invalid(outside, `must be a whole number from ${from} to ${to}`);
  }
  if (!hasFourDigitYear(dueAt)) return invalid('dueAt', 'must be a time in the years 1970 to 9999');
  if (idempotencyKey !== null && !/^[!-~]{1,200}$/.test(idempotencyKey)) {
    return invalid('idempotencyKey', 'must have 1 to 200 visible ASCII characters');
  }
  for (const field of ['queueTimeoutMs', 'deadlineMs'] as const) {
    const limit = numbers[field];
    if (limit === null || dueAt.getTime() + limit > now.getTime()) continue;
    return invalid(field, `is over already for a job that was due at ${dueAt.toISOString()}`);
  }
  return ok({ type, payload, dueAt, idempotencyKey, ...numbers });
}

function invalid(field: string, problem: string): Result<never, InvalidJob> {
  return err({ kind: 'InvalidJob', field, problem });
}

function isWithin(field: Field, value: number | null): boolean {
  const { from, to, usual } = RANGES[field];
  return value === usual || (value !== null && Number.isInteger(value) && value >= from && value <= to);
}

/** A `Date` can be invalid, and can hold years that no database column takes. */
function hasFourDigitYear(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1970 && year <= 9999;
}
