import type { Id, Json } from '#kernel';
import type { JobTerms } from './job-terms.ts';

export type JobId = Id<'Job'>;

/** Why an attempt did not succeed, in words for people. */
export type JobFailureReason = { readonly reason: string };

/** How far an attempt has come, in words for people, and in numbers where it can be counted. */
export type JobProgress = { readonly step: string; readonly done?: number; readonly total?: number };

/** Who does not want the job any more. */
export type Cancellation = { readonly by: string; readonly reason: string | null; readonly at: Date };

/**
 * What every state of a job has. `attempt` counts the attempts that began and were not handed back, `token` every lease ever
 * given; `failure` tells of the latest attempt that did not succeed, `progress` of the latest that began.
 */
export type JobFacts = JobTerms & {
  readonly id: JobId;
  readonly submittedAt: Date;
  /** When its first attempt has to have begun; null once it has, and where there is no such limit. */
  readonly startBy: Date | null;
  /** When it has to have ended. */
  readonly endBy: Date | null;
  readonly attempt: number;
  readonly token: number;
  readonly progress: JobProgress | null;
  readonly failure: JobFailureReason | null;
  readonly cancellation: Cancellation | null;
};

type Running = {
  readonly state: 'running';
  readonly worker: string;
  readonly leaseExpiresAt: Date;
  /** When the next sign of progress has to have come. */
  readonly progressBy: Date | null;
};

/** A job as plain data: what is stored and what is shown. A job is parked when its last attempt has cost a worker. */
export type JobSnapshot =
  | (JobFacts & { readonly state: 'queued' })
  | (JobFacts & Running)
  | (JobFacts & { readonly state: 'succeeded'; readonly result: Json; readonly finishedAt: Date })
  | (JobFacts & { readonly state: 'failed'; readonly finishedAt: Date; readonly parked: boolean })
  | (JobFacts & { readonly state: 'cancelled'; readonly finishedAt: Date });

export type JobState = JobSnapshot['state'];

/** In the order in which a job may come to them. */
export const jobStates = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
] as const satisfies readonly JobState[];

/** The facts alone: what belonged to the state it is in is left behind. */
export function factsOf(snapshot: JobSnapshot): JobFacts {
  const { type, payload, priority, dueAt, maxAttempts, timeoutMs, ...rest } = snapshot;
  const { queueTimeoutMs, deadlineMs, heartbeatTimeoutMs, idempotencyKey } = rest;
  const { id, submittedAt, startBy, endBy, attempt, token, progress, failure, cancellation } = rest;
  const terms = { type, payload, priority, dueAt, maxAttempts, timeoutMs };
  const limits = { queueTimeoutMs, deadlineMs, heartbeatTimeoutMs, idempotencyKey };
  const state = { startBy, endBy, attempt, token, progress, failure, cancellation };
  return { ...terms, ...limits, id, submittedAt, ...state };
}
