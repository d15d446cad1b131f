import { jobStates, type JobSnapshot } from '#scheduling/domain';
import { z } from 'zod';

const time = z.iso.datetime();

/** A job as HTTP shows it. */
export const jobSchema = z
  .strictObject({
    id: z.uuid(),
    type: z.string(),
    state: z.enum(jobStates),
    payload: z.unknown().describe('What the job was given.'),
    priority: z.int().describe('From 0 to 9; a higher one is begun first.'),
    dueAt: time.describe('Not begun before this time; later than asked for while the job waits for another attempt.'),
    attempt: z.int().describe('How many attempts have begun.'),
    maxAttempts: z.int(),
    timeoutMs: z.int().describe('How long one attempt may take.'),
    queueTimeoutMs: z.int().nullable(),
    deadlineMs: z.int().nullable(),
    heartbeatTimeoutMs: z.int().nullable(),
    progress: z
      .strictObject({ step: z.string(), done: z.number().optional(), total: z.number().optional() })
      .nullable()
      .describe('How far the latest attempt has come.'),
    cancellation: z
      .strictObject({ by: z.string(), reason: z.string().nullable(), at: time })
      .nullable()
      .describe('Who has asked for its end; while it runs, its worker is being told.'),
    parked: z.boolean().describe('Whether it was given up because its last attempt has cost a worker.'),
    result: z.unknown().describe('What the job made; null until it has succeeded.'),
    failure: z.strictObject({ reason: z.string() }).nullable().describe('Why the latest attempt did not succeed.'),
    submittedAt: time,
    finishedAt: time.nullable(),
  })
  .meta({ id: 'Job' });

export function representationOf(job: JobSnapshot): z.infer<typeof jobSchema> {
  return {
    id: job.id,
    type: job.type,
    state: job.state,
    payload: job.payload,
    priority: job.priority,
    dueAt: job.dueAt.toISOString(),
    attempt: job.attempt,
    maxAttempts: job.maxAttempts,
    timeoutMs: job.timeoutMs,
    queueTimeoutMs: job.queueTimeoutMs,
    deadlineMs: job.deadlineMs,
    heartbeatTimeoutMs: job.heartbeatTimeoutMs,
    progress: job.progress,
    cancellation: job.cancellation && { ...job.cancellation, at: job.cancellation.at.toISOString() },
    parked: job.state === 'failed' && job.parked,
    result: job.state === 'succeeded' ? job.result : null,
    failure: job.failure,
    submittedAt: job.submittedAt.toISOString(),
    finishedAt: 'finishedAt' in job ? job.finishedAt.toISOString() : null,
  };
}
