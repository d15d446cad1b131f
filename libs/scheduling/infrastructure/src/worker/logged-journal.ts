import { inspect } from 'node:util';
import { assertNever } from '#kernel';
import type { Logger, LogFields } from '#platform/logging';
import type { WorkerEvent, WorkerJournal } from '#scheduling/application';

/**
 * The worker's journal as lines of the log. What somebody has to look at is an error. Why an attempt failed stands in the job
 * only: that sentence may quote what a device answered, which does not belong into a log.
 */
export class LoggedJournal implements WorkerJournal {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  record(event: WorkerEvent): void {
    const fields = fieldsOf(event);
    switch (event.kind) {
      case 'AttemptBegan':
        return this.#logger.debug('An attempt at a job began.', fields);
      case 'JobSucceeded':
        return this.#logger.info('A job succeeded.', fields);
      case 'AttemptFailed':
        return this.#logger.warn('An attempt at a job failed; another one follows.', fields);
      case 'JobFailed':
        return this.#logger.warn('A job failed.', fields);
      case 'JobCancelled':
        return this.#logger.info('A job was cancelled.', fields);
      case 'JobHandedBack':
        return this.#logger.info('A job was handed back to the queue.', fields);
      case 'LeaseLost':
        return this.#logger.warn('The lease of a job was lost; its result is not written.', fields);
      case 'EndNotRecorded':
        return this.#logger.error('The end of an attempt could not be recorded; the job will be taken over.', fields);
      case 'HandlerMissing':
        return this.#logger.error('The queue handed out a job that has no handler here; it is handed back.', fields);
      case 'HandlerThrew':
        return this.#logger.error('A job handler threw instead of answering.', fields);
      case 'HandlerIgnoredAbort':
        return this.#logger.error('A job handler did not end when it was asked to; its place is used again.', fields);
      case 'JobTakenFromWorker':
        return this.#logger.warn('A job was taken from a worker that stopped answering.', fields);
      case 'JobOutOfTime':
        return this.#logger.warn('A job was not begun, or had not ended, in the time that it was given.', fields);
      case 'JobParked':
        return this.#logger.error('A job was parked: every attempt has cost a worker.', fields);
      case 'QueueFailed':
        return this.#logger.warn('The job queue could not be used; trying again soon.', fields);
      default:
        return assertNever(event);
    }
  }
}

function fieldsOf(event: WorkerEvent): LogFields {
  return {
    ...('jobId' in event && { jobId: event.jobId, jobType: event.type, attempt: event.attempt, code: event.kind }),
    ...('doing' in event && { code: event.doing }),
    ...('error' in event && { error: asError(event.error) }),
  };
}

/** Anything can be thrown, also what cannot be made a text of by asking it. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return new Error(typeof thrown === 'string' ? thrown : inspect(thrown));
}
