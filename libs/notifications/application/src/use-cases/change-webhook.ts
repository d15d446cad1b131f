import { err, ok, type Clock, type Result } from '#kernel';
import type { EventType } from '#notifications/contracts';
import {
  WebhookUrl,
  type InvalidWebhookUrl,
  type StaleSubscription,
  type SubscriptionId,
  type SubscriptionNotFound,
  type UrlRules,
} from '#notifications/domain';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';
import type { SubscriptionView } from '../ports/notifications-reader.ts';
import { viewOf } from '../subscription-view.ts';

/** Changes what is given and leaves the rest. `basedOn` is the version that the person who changes it was looking at. */
export type ChangeWebhookCommand = {
  readonly id: SubscriptionId;
  readonly basedOn: number;
  readonly url?: string;
  readonly eventTypes?: readonly EventType[];
  readonly active?: boolean;
};
export type ChangeWebhookError = InvalidWebhookUrl | SubscriptionNotFound | StaleSubscription;

export class ChangeWebhook {
  readonly #transaction: NotificationsTransaction;
  readonly #clock: Clock;
  readonly #rules: UrlRules;

  constructor(transaction: NotificationsTransaction, clock: Clock, rules: UrlRules) {
    this.#transaction = transaction;
    this.#clock = clock;
    this.#rules = rules;
  }

  async execute(
    { id, basedOn, url, ...others }: ChangeWebhookCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<SubscriptionView, ChangeWebhookError>> {
    const parsed = url === undefined ? null : WebhookUrl.parse(url, this.#rules);
    if (parsed?.ok === false) return parsed;
    const changes = { ...others, ...(parsed && { url: parsed.value }) };
    return this.#transaction.run<SubscriptionView, ChangeWebhookError>(async ({ subscriptions }) => {
      const subscription = await subscriptions.lock(id);
      if (subscription === null) return err({ kind: 'SubscriptionNotFound', subscriptionId: id });
      const changed = subscription.change({ basedOn, changes }, this.#clock.now());
      if (!changed.ok) return changed;
      await subscriptions.update(subscription);
      return ok(viewOf(subscription.snapshot()));
    }, signal);
  }
}
