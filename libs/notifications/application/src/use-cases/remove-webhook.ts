import { err, ok, type Result } from '#kernel';
import type { SubscriptionId, SubscriptionNotFound } from '#notifications/domain';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';

/** Removes a subscription with its deliveries. An attempt that is under way still ends, and leaves nothing. */
export class RemoveWebhook {
  readonly #transaction: NotificationsTransaction;

  constructor(transaction: NotificationsTransaction) {
    this.#transaction = transaction;
  }

  execute(
    { id }: { readonly id: SubscriptionId },
    { signal }: { signal: AbortSignal },
  ): Promise<Result<void, SubscriptionNotFound>> {
    return this.#transaction.run<void, SubscriptionNotFound>(async ({ subscriptions }) => {
      const subscription = await subscriptions.lock(id);
      if (subscription === null) return err({ kind: 'SubscriptionNotFound', subscriptionId: id });
      await subscriptions.remove(id);
      return ok();
    }, signal);
  }
}
