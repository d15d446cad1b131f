import { idSchema } from '#platform/http';
import { jobSorts, type HistoryCursor, type KeptEvent } from '#scheduling/application';
import { jobEventKinds, jobStates } from '#scheduling/domain';
import { z } from 'zod';
import { jobSchema } from './job-representation.ts';

const time = z.iso.datetime();
export const jobId = idSchema<'Job'>();
export const jobParams = z.strictObject({ id: jobId });

export const pageQuery = z.strictObject({
  state: z.enum(jobStates).optional().describe('Only jobs in this state.'),
  type: z.string().min(1).max(200).optional().describe('Only jobs of this type.'),
  text: z.string().min(1).max(200).optional().describe('Only jobs whose latest failure contains this text.'),
  sort: z
    .enum(jobSorts)
    .default('-submittedAt')
    .describe('What they are ordered by; with a minus from the highest down.'),
  after: jobId.optional().describe('The `next` of the page before, in the same order.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const pageSchema = z.strictObject({
  items: z.array(jobSchema).describe('In the order that was asked for; the newest first when none was.'),
  next: z.uuid().nullable().describe('What to ask for as `after` to get the next page; null on the last one.'),
});

const milliseconds = z.int();

/** Ranges are told by the answer to a request that leaves them. */
export const submissionBody = z
  .strictObject({
    type: z.string().min(1).max(200),
    payload: z.json().describe('What the job is to work on, as its type has it.'),
    priority: z
      .int()
      .optional()
      .describe('From 0 to 9; a higher one is begun first, and waiting counts too. 5 when left out.'),
    dueAt: time.optional().describe('Not begun before this time; now when left out.'),
    maxAttempts: z.int().optional().describe('From 1 to 20; 3 when left out.'),
    timeoutMs: milliseconds.optional().describe('How long one attempt may take; ten minutes when left out.'),
    queueTimeoutMs: milliseconds.optional().describe('How long it may wait for its first attempt after it is due.'),
    deadlineMs: milliseconds.optional().describe('How long all of it may take after it is due.'),
    heartbeatTimeoutMs: milliseconds.optional().describe('The longest pause between two signs of progress.'),
  })
  .meta({ id: 'JobSubmission' });

export const submissionHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[!-~]{1,190}$/)
    .optional()
    .describe('Makes it harmless to send the same request again: the answer is the job that the first one has added.'),
});

export const cancelBody = z.strictObject({ reason: z.string().trim().min(1).max(500).optional() });
export const retryBody = z.strictObject({ attempts: z.int().min(1).max(20).default(3) });

export const cancelledSchema = z.strictObject({
  outcome: z
    .enum(['cancelled', 'requested'])
    .describe('`requested` when the job is running: its worker has been asked to end it.'),
});

export const historyQuery = z.strictObject({
  after: z
    .string()
    .refine(isCursor, 'take it from the page before')
    .transform((cursor) => cursor as HistoryCursor)
    .optional()
    .describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** The number of a transaction and that of an event, as PostgreSQL counts them: xid8 and bigint. */
function isCursor(text: string): boolean {
  if (!/^\d{1,20}(\.\d{1,19})?$/.test(text)) return false;
  const [transaction = '0', event = '0'] = text.split('.');
  return BigInt(transaction) < 2n ** 64n && BigInt(event) < 2n ** 63n;
}

const eventSchema = z
  .strictObject({
    at: time,
    kind: z.enum(jobEventKinds),
    state: z.enum(jobStates).describe('Where the job was then.'),
    attempt: z.int(),
    by: z.string().nullable().describe('Who asked for it.'),
    reason: z.string().nullable(),
    progress: z
      .strictObject({ step: z.string(), done: z.number().optional(), total: z.number().optional() })
      .nullable(),
  })
  .meta({ id: 'JobEvent' });

export const historySchema = z.strictObject({
  items: z.array(eventSchema).describe('In the order in which they happened.'),
  next: z.string().nullable(),
});

export function eventRepresentation({
  at,
  kind,
  state,
  attempt,
  by,
  reason,
  progress,
}: KeptEvent): z.infer<typeof eventSchema> {
  return { at: at.toISOString(), kind, state, attempt, by, reason, progress };
}
