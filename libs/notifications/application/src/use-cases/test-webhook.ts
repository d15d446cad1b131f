import { err, ok, type Ids, type Result } from '#kernel';
import type { Answer, SubscriptionId, SubscriptionNotFound } from '#notifications/domain';
import { bodyOf } from '../message.ts';
import type { NotificationsReader } from '../ports/notifications-reader.ts';
import { sendSigned, type SendSignedParts } from '../send-signed.ts';

export type TestWebhookParts = SendSignedParts & {
  readonly reader: NotificationsReader;
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
    const { reader, clock, ids } = this.#parts;
    const subscription = await reader.subscription(id, signal);
    if (subscription === null) return err({ kind: 'SubscriptionNotFound', subscriptionId: id });
    const eventId = ids.next<'Event'>();
    const body = bodyOf({ id: eventId, type: 'webhook.test', subject: id, data: null, occurredAt: clock.now() });
    return ok(await sendSigned(this.#parts, { subscription, id: eventId, body }, signal));
  }
}
