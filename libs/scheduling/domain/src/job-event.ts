import type { JobId, JobProgress, JobState } from './job-snapshot.ts';

/** What can happen to a job. */
export const jobEventKinds = [
  'submitted',
  'claimed',
  'progressed',
  'succeeded',
  'failed',
  'handedBack',
  'expired',
  'cancelRequested',
  'cancelled',
  'retried',
] as const;

export type JobEventKind = (typeof jobEventKinds)[number];

/** Something that happened to a job, as its history keeps it. */
export type JobEvent = {
  readonly jobId: JobId;
  /** By the engine's clock; of the submission by the submitter's. */
  readonly at: Date;
  readonly kind: JobEventKind;
  /** Where the job was then: what failed or expired and is queued gets another attempt. */
  readonly state: JobState;
  /** The attempt that it happened to, counted from 1; before the first one 0. */
  readonly attempt: number;
  /** Who has or had that attempt. */
  readonly worker: string | null;
  /** Who asked for it, where somebody did. */
  readonly by: string | null;
  readonly reason: string | null;
  readonly progress: JobProgress | null;
};
