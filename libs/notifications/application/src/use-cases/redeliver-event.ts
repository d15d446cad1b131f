import { err, ok, type Clock, type Result } from '#kernel';
import type {
  DeliveryId,
  DeliveryNotFound,
  DeliverySnapshot,
  DeliveryWaiting,
  SubscriptionId,
} from '#notifications/domain';
import { submitAttempt } from '../delivery-job.ts';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';

export type RedeliverEventCommand = { readonly subscriptionId: SubscriptionId; readonly deliveryId: DeliveryId };
export type RedeliverEventError = DeliveryNotFound | DeliveryWaiting;

/** Sends a delivery again that was given up, or that its receiver has lost. It keeps its id. */
export class RedeliverEvent {
  readonly #transaction: NotificationsTransaction;
  readonly #clock: Clock;

  constructor(transaction: NotificationsTransaction, clock: Clock) {
    this.#transaction = transaction;
    this.#clock = clock;
  }

  execute(
    { subscriptionId, deliveryId }: RedeliverEventCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeliverySnapshot, RedeliverEventError>> {
    return this.#transaction.run<DeliverySnapshot, RedeliverEventError>(async ({ deliveries, jobs }) => {
      const delivery = await deliveries.lock(deliveryId);
      if (delivery?.snapshot().subscriptionId !== subscriptionId) return err({ kind: 'DeliveryNotFound', deliveryId });
      const again = delivery.sendAgain(this.#clock.now());
      if (!again.ok) return again;
      await deliveries.update(delivery);
      if (delivery.next !== null) await submitAttempt(jobs, delivery.next, delivery.snapshot().dueAt);
      return ok(delivery.snapshot());
    }, signal);
  }
}
