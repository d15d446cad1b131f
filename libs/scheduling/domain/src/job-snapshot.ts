import type { Id, Json } from '#kernel';
import type { JobTerms } from './job-terms.ts';

export type JobId = Id<'Job'>;

/** Why an attempt did not succeed, in words for people. */
export type JobFailureReason = { readonly reason: string };

/**
 * What every state of a job has. `attempt` counts the attempts that began and were not handed back, `token` every lease ever
 * given; `failure` tells of the latest attempt that did not succeed.
 */
export type JobFacts = JobTerms & {
  readonly id: JobId;
  readonly submittedAt: Date;
  readonly attempt: number;
  readonly token: number;
  readonly failure: JobFailureReason | null;
};

/** A job as plain data: what is stored and what is shown. */
export type JobSnapshot =
  | (JobFacts & { readonly state: 'queued' })
  | (JobFacts & { readonly state: 'running'; readonly worker: string; readonly leaseExpiresAt: Date })
  | (JobFacts & { readonly state: 'succeeded'; readonly result: Json; readonly finishedAt: Date })
  | (JobFacts & { readonly state: 'failed'; readonly finishedAt: Date });

export type JobState = JobSnapshot['state'];

/** The facts alone: what belonged to the state it is in is left behind. */
export function factsOf(snapshot: JobSnapshot): JobFacts {
  const { id, type, payload, priority, dueAt, maxAttempts, timeoutMs, submittedAt, attempt, token, failure } = snapshot;
  return { id, type, payload, priority, dueAt, maxAttempts, timeoutMs, submittedAt, attempt, token, failure };
}
