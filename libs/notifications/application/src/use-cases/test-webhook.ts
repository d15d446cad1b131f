import { err, ok, type Clock, type Ids, type Result } from '#kernel';
import { Subscription, type Answer, type SubscriptionId, type SubscriptionNotFound } from '#notifications/domain';
import { bodyOf } from '../message.ts';
import type { NotificationsReader } from '../ports/notifications-reader.ts';
import type { WebhookSecrets } from '../ports/webhook-secrets.ts';
import type { WebhookTransport } from '../ports/webhook-transport.ts';

export type TestWebhookParts = {
  readonly reader: NotificationsReader;
  readonly secrets: WebhookSecrets;
  readonly transport: WebhookTransport;
  readonly clock: Clock;
  readonly ids: Ids;
};

/** Sends a message of the type `webhook.test` at once and once, also to a subscription that is disabled, and keeps nothing of it. */
export class TestWebhook {
  readonly #parts: TestWebhookParts;

  constructor(parts: TestWebhookParts) {
    this.#parts = parts;
  }

  async execute(
    { id }: { readonly id: SubscriptionId },
    { signal }: { signal: AbortSignal },
  ): Promise<Result<Answer, SubscriptionNotFound>> {
    const { reader, secrets, transport, clock, ids } = this.#parts;
    const found = await reader.subscription(id, signal);
    if (found === null) return err({ kind: 'SubscriptionNotFound', subscriptionId: id });
    const at = clock.now();
    const sealed = Subscription.restore(found).secretsAt(at);
    const opened = await Promise.all(sealed.map((one) => secrets.open(id, one, signal)));
    const eventId = ids.next<'Event'>();
    const body = bodyOf({ id: eventId, type: 'webhook.test', subject: id, data: null, occurredAt: at });
    return ok(await transport.post({ url: found.url, id: eventId, at, body, secrets: opened }, signal));
  }
}
