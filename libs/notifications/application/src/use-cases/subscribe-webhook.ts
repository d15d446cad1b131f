import { err, ok, type Clock, type Ids, type Result, type Secret } from '#kernel';
import { Subscription, WebhookUrl, type InvalidWebhookUrl, type UrlRules } from '#notifications/domain';
import type { EventType } from '#notifications/contracts';
import type { NotificationsTransaction } from '../ports/notifications-transaction.ts';
import type { SubscriptionView } from '../ports/notifications-reader.ts';
import { MOST_SUBSCRIPTIONS } from '../ports/subscriptions.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import { viewOf } from '../subscription-view.ts';

export type SubscribeWebhookCommand = { readonly url: string; readonly eventTypes: readonly EventType[] };
export type TooManySubscriptions = { readonly kind: 'TooManySubscriptions'; readonly most: number };
export type SubscribeWebhookError = InvalidWebhookUrl | TooManySubscriptions;

/** The only time that the secret is shown, besides a rotation. */
export type Subscribed = { readonly subscription: SubscriptionView; readonly secret: Secret };

export type SubscribeWebhookParts = {
  readonly transaction: NotificationsTransaction;
  readonly secrets: WebhookSecrets;
  readonly clock: Clock;
  readonly ids: Ids;
};

export class SubscribeWebhook {
  readonly #parts: SubscribeWebhookParts;
  readonly #rules: UrlRules;

  constructor(parts: SubscribeWebhookParts, rules: UrlRules) {
    this.#parts = parts;
    this.#rules = rules;
  }

  async execute(
    { url, eventTypes }: SubscribeWebhookCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<Subscribed, SubscribeWebhookError>> {
    const { transaction, secrets, clock, ids } = this.#parts;
    const parsed = WebhookUrl.parse(url, this.#rules);
    if (!parsed.ok) return parsed;
    const id = ids.next<'Subscription'>();
    const { secret, sealed } = await secrets.issue(id, signal);
    const subscription = Subscription.create({ id, url: parsed.value, eventTypes, secret: sealed }, clock.now());
    return transaction.run<Subscribed, SubscribeWebhookError>(async ({ subscriptions }) => {
      await subscriptions.lockAll();
      const count = await subscriptions.count();
      if (count >= MOST_SUBSCRIPTIONS) return err({ kind: 'TooManySubscriptions', most: MOST_SUBSCRIPTIONS });
      await subscriptions.insert(subscription);
      return ok({ subscription: viewOf(subscription.snapshot()), secret });
    }, signal);
  }
}
