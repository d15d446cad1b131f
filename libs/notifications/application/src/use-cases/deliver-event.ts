import { ok } from '#kernel';
import { Delivery, type AttemptName, type Verdict } from '#notifications/domain';
import type { Lease } from '#scheduling/contracts';
import { submitAttempt } from '../delivery-job.ts';
import { messageOf } from '../message.ts';
import type { NotificationsReader } from '../ports/notifications-reader.ts';
import type { NotificationsStores, NotificationsTransaction } from '../ports/notifications-transaction.ts';
import { sendSigned, type SendSignedParts } from '../send-signed.ts';

export type DeliverEventCommand = { readonly attempt: AttemptName; readonly lease: Lease };

/** `superseded`: there was nothing to send, or somebody else has brought this attempt to its end. */
export type Attempted = Verdict['kind'] | 'superseded';

export type DeliverEventParts = SendSignedParts & {
  readonly reader: NotificationsReader;
  readonly transaction: NotificationsTransaction;
};

const NOT_ACTIVE = 'the subscription is not active';

/**
 * Makes one attempt at a delivery, and asks for the next where there is to be one. When it dies between the two the attempt is made
 * once more, with the same id: at least once, and receivers tell by the id. Never counted twice: only the holder of the lease
 * writes, and only what the delivery waits for.
 */
export class DeliverEvent {
  readonly #parts: DeliverEventParts;

  constructor(parts: DeliverEventParts) {
    this.#parts = parts;
  }

  async execute({ attempt, lease }: DeliverEventCommand, { signal }: { signal: AbortSignal }): Promise<Attempted> {
    const { reader, transaction } = this.#parts;
    const outgoing = await reader.outgoing(attempt.deliveryId, signal);
    if (outgoing === null || !Delivery.restore(outgoing.delivery).awaits(attempt)) return 'superseded';

    const { subscription: receiver } = outgoing;
    const message = { subscription: receiver, ...messageOf(outgoing) };
    const answer = receiver.disabled === null ? await sendSigned(this.#parts, message, signal) : null;

    const { subscriptionId } = outgoing.delivery;
    const ended = await transaction.run<Attempted, never>(async (stores) => {
      await stores.jobs.hold(lease);
      const subscription = await stores.subscriptions.lock(subscriptionId);
      const delivery = await stores.deliveries.lock(attempt.deliveryId);
      if (subscription === null || delivery === null || !delivery.awaits(attempt)) return ok('superseded');

      const now = this.#parts.clock.now();
      const verdict = answer === null ? null : delivery.answered(answer, now);
      const fate = verdict?.kind === 'delivered' ? 'got through' : verdict?.kind === 'gone' ? 'gone' : 'failed';
      if (verdict !== null && subscription.note(fate, now)) await stores.subscriptions.update(subscription);
      if (!subscription.isActive && delivery.next !== null) delivery.giveUp(NOT_ACTIVE, now);
      await writeDown(stores, delivery);
      return ok(verdict === null || (verdict.kind === 'retry' && delivery.next === null) ? 'dead' : verdict.kind);
    }, signal);
    return ended.ok ? ended.value : 'superseded';
  }
}

async function writeDown({ deliveries, jobs }: NotificationsStores, delivery: Delivery): Promise<void> {
  await deliveries.update(delivery);
  if (delivery.next !== null) await submitAttempt(jobs, delivery.next, delivery.snapshot().dueAt);
}
