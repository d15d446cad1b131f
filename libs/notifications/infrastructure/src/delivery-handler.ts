import { err, ok, type Id, type Json, type Result } from '#kernel';
import { DELIVERY_JOB, type DeliverEvent } from '#notifications/application';
import type { JobAttempt, JobFailure, JobHandler, JobRun } from '#scheduling/contracts';
import { z } from 'zod';

const payloadSchema = z.strictObject({ deliveryId: z.uuid(), round: z.int().min(1), attempt: z.int().min(1) });

/**
 * The edge at which a job becomes one attempt at a delivery. The job has done its work also when the receiver refuses: the next attempt
 * is another job. A lost lease and an abort are thrown on: the worker knows what they mean.
 */
export class DeliveryHandler implements JobHandler {
  readonly type = DELIVERY_JOB;
  /** A receiver that never answers holds a place for as long as it may take: it must not hold up backups. */
  readonly share = 1 / 4;
  readonly #deliverEvent: DeliverEvent;

  constructor(deliverEvent: DeliverEvent) {
    this.#deliverEvent = deliverEvent;
  }

  async handle({ payload, lease }: JobAttempt, { signal }: JobRun): Promise<Result<Json, JobFailure>> {
    const parsed = payloadSchema.safeParse(payload);
    if (!parsed.success) return err({ reason: 'The job does not say which delivery to attempt.', retry: false });
    const attempt = { ...parsed.data, deliveryId: parsed.data.deliveryId as Id<'Delivery'> };
    return ok({ outcome: await this.#deliverEvent.execute({ attempt, lease }, { signal }) });
  }
}
