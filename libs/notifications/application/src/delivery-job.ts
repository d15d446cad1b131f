import type { AttemptName } from '#notifications/domain';
import type { JobRequest, Jobs } from '#scheduling/contracts';

export const DELIVERY_JOB = 'notification.deliver';

/** Asks for one attempt at a delivery; adds nothing where it was asked for already. Throws where the queue takes none. */
export async function submitAttempt(jobs: Jobs, attempt: AttemptName, dueAt: Date): Promise<void> {
  const { deliveryId, round, attempt: count } = attempt;
  const request: JobRequest = {
    type: DELIVERY_JOB,
    payload: { deliveryId, round, attempt: count },
    dueAt,
    // After a change of the device has been stored, not before the next one is.
    priority: 4,
    maxAttempts: 5,
    timeoutMs: 60_000,
    idempotencyKey: `${DELIVERY_JOB}:${deliveryId}:${round}:${count}:${dueAt.getTime()}`,
  };
  const submitted = await jobs.submit(request);
  if (!submitted.ok)
    throw new Error(`An attempt at a delivery was refused as a job: ${JSON.stringify(submitted.error)}`);
}
