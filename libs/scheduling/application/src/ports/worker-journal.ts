import type { JobId } from '#scheduling/domain';

export type OfAttempt = { readonly jobId: JobId; readonly type: string; readonly attempt: number };

/** What the people who run a worker may want to know. */
export type WorkerEvent =
  | ({ readonly kind: 'AttemptBegan' } & OfAttempt)
  | ({ readonly kind: 'JobSucceeded' } & OfAttempt)
  | ({ readonly kind: 'AttemptFailed'; readonly reason: string; readonly retryInMs: number } & OfAttempt)
  | ({ readonly kind: 'JobFailed'; readonly reason: string } & OfAttempt)
  | ({ readonly kind: 'JobCancelled' } & OfAttempt)
  | ({ readonly kind: 'JobHandedBack' } & OfAttempt)
  | ({ readonly kind: 'LeaseLost' } & OfAttempt)
  | ({ readonly kind: 'EndNotRecorded'; readonly error: unknown } & OfAttempt)
  | ({ readonly kind: 'HandlerMissing' } & OfAttempt)
  | ({ readonly kind: 'HandlerThrew'; readonly error: unknown } & OfAttempt)
  | ({ readonly kind: 'HandlerIgnoredAbort' } & OfAttempt)
  | ({ readonly kind: 'JobTakenFromWorker' } & OfAttempt)
  | ({ readonly kind: 'JobOutOfTime' } & OfAttempt)
  | ({ readonly kind: 'JobParked' } & OfAttempt)
  | { readonly kind: 'QueueFailed'; readonly doing: string; readonly error: unknown; readonly retryInMs: number };

/** Keeps what a worker tells. Never throws and never waits. */
export abstract class WorkerJournal {
  abstract record(event: WorkerEvent): void;
}
