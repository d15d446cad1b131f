import { assertNever } from '#kernel';
import type {
  ChangeWebhookError,
  RedeliverEventError,
  RotateWebhookSecretError,
  SubscribeWebhookError,
} from '#notifications/application';
import type { SubscriptionNotFound } from '#notifications/domain';
import type { Problem } from '#platform/http';

export type WebhookRefusal =
  SubscribeWebhookError | ChangeWebhookError | RotateWebhookSecretError | RedeliverEventError | SubscriptionNotFound;

/** Every refusal of this context, as HTTP tells it. */
export function problemOf(refusal: WebhookRefusal): Problem {
  const { kind, ...facts } = refusal;
  switch (refusal.kind) {
    case 'InvalidWebhookUrl': {
      const detail = `This cannot be a webhook, because ${refusal.reason}. Give the https URL of the receiver.`;
      return { status: 422, code: 'invalid-webhook-url', detail, facts };
    }
    case 'TooManySubscriptions': {
      const detail = `There are ${refusal.most} webhooks already. Remove one that is not needed.`;
      return { status: 409, code: 'too-many-webhooks', detail, facts };
    }
    case 'SubscriptionNotFound': {
      const detail = `There is no webhook ${refusal.subscriptionId}.`;
      return { status: 404, code: 'webhook-not-found', detail, facts };
    }
    case 'StaleSubscription': {
      const detail = `The webhook has changed since version ${refusal.version}. Read it again and repeat the change.`;
      return { status: 409, code: 'stale-webhook', detail, facts };
    }
    case 'DeliveryNotFound': {
      const detail = `This webhook has no delivery ${refusal.deliveryId}.`;
      return { status: 404, code: 'delivery-not-found', detail, facts };
    }
    case 'DeliveryWaiting': {
      const detail = 'The delivery waits for its next attempt already. It can be sent again when it has ended.';
      return { status: 409, code: 'delivery-waiting', detail, facts };
    }
    default:
      return assertNever(refusal);
  }
}
