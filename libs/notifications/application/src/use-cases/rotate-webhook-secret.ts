import { err, ok, type Clock, type Result } from '#kernel';
import type { StaleSubscription, SubscriptionId, SubscriptionNotFound } from '#notifications/domain';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import { viewOf } from '../subscription-view.ts';
import type { Subscribed } from './subscribe-webhook.ts';

export type RotateWebhookSecretCommand = { readonly id: SubscriptionId; readonly basedOn: number };
export type RotateWebhookSecretError = SubscriptionNotFound | StaleSubscription;

/** Gives a subscription another secret. For a day, deliveries are signed with both. */
export class RotateWebhookSecret {
  readonly #transaction: NotificationsTransaction;
  readonly #secrets: WebhookSecrets;
  readonly #clock: Clock;

  constructor(transaction: NotificationsTransaction, secrets: WebhookSecrets, clock: Clock) {
    this.#transaction = transaction;
    this.#secrets = secrets;
    this.#clock = clock;
  }

  async execute(
    { id, basedOn }: RotateWebhookSecretCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<Subscribed, RotateWebhookSecretError>> {
    const { secret, sealed } = await this.#secrets.issue(id, signal);
    return this.#transaction.run<Subscribed, RotateWebhookSecretError>(async ({ subscriptions }) => {
      const subscription = await subscriptions.lock(id);
      if (subscription === null) return err({ kind: 'SubscriptionNotFound', subscriptionId: id });
      const rotated = subscription.rotate({ basedOn, secret: sealed }, this.#clock.now());
      if (!rotated.ok) return rotated;
      await subscriptions.update(subscription);
      return ok({ subscription: viewOf(subscription.snapshot()), secret });
    }, signal);
  }
}
