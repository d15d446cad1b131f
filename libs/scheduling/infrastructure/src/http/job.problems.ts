import { assertNever } from '#kernel';
import type { Problem } from '#platform/http';
import type { CancelRefused, RetryRefused } from '#scheduling/application';
import type { JobRefused } from '#scheduling/contracts';

/** How soon it makes sense to ask a full queue again. */
export const RETRY_AFTER_SECONDS = 10;

export function problemOf(refused: JobRefused | CancelRefused | RetryRefused): Problem {
  switch (refused.kind) {
    case 'JobNotFound':
      return { status: 404, code: 'job-not-found', detail: `There is no job ${refused.id}.` };
    case 'UnknownJobType': {
      const { type, known } = refused;
      const detail = `Jobs of type "${type}" cannot be asked for. Those that can: ${known.join(', ') || 'none'}.`;
      return { status: 422, code: 'unknown-job-type', detail, facts: { known } };
    }
    case 'InvalidJob': {
      const { field, problem } = refused;
      return { status: 422, code: 'invalid-job', detail: `${field}: ${problem}.`, facts: { field } };
    }
    case 'QueueFull': {
      const { capacity } = refused;
      const detail = `The queue takes ${capacity} jobs, and is full. Try again in ${RETRY_AFTER_SECONDS} seconds.`;
      return { status: 503, code: 'queue-full', detail, facts: { capacity } };
    }
    case 'KeyReused': {
      const { key, id } = refused;
      const detail = `The key "${key.replace(/^client\//, '')}" is that of job ${id}, which has another type or payload. Send another key.`;
      return { status: 422, code: 'idempotency-key-reused', detail, facts: { jobId: id } };
    }
    case 'JobHasEnded':
      return {
        status: 409,
        code: 'job-has-ended',
        detail: `The job has ${ended[refused.state] ?? refused.state} already.`,
      };
    case 'JobNotEnded':
      return {
        status: 409,
        code: 'job-not-ended',
        detail: `The job is ${refused.state}: it can be done again once it has ended.`,
      };
    default:
      return assertNever(refused);
  }
}

const ended: Readonly<Record<string, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'been cancelled',
};
