import type { JobId } from '#scheduling/domain';

/** What is worth looking at: a job that is to be cancelled, or one that something has happened to. */
export type JobNotice = { readonly about: 'cancel' | 'change'; readonly id: JobId };

/**
 * Hints that something has happened to jobs, so that nobody has to wait for the next look. A hint may be lost, come late or
 * twice, and says nothing by itself: whoever gets one looks at the job.
 *
 * `listen` hands hints to `onNotice` until `stop` aborts, through whatever breaks meanwhile; then it resolves. Never rejects.
 * `onNotice` does not throw.
 */
export abstract class JobNotices {
  abstract listen(onNotice: (notice: JobNotice) => void, stop: AbortSignal): Promise<void>;
}
