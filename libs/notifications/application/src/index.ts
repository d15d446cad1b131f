export { DELIVERY_JOB } from './delivery-job.ts';
export { Deliveries } from './ports/deliveries.ts';
export { Events, type EventView } from './ports/events.ts';
export {
  NotificationsReader,
  type DeliveryPageRequest,
  type Outgoing,
  type SubscriptionView,
} from './ports/notifications-reader.ts';
export { NotificationsTransaction, type NotificationsStores } from './ports/notifications-transaction.ts';
export { MOST_SUBSCRIPTIONS, Subscriptions, type Wanting } from './ports/subscriptions.ts';
export { SecretUnreadable, WebhookSecrets, type IssuedSecret } from './ports/webhook-secrets.ts';
export { WebhookTransport, type WebhookMessage } from './ports/webhook-transport.ts';
export { FindWebhook } from './queries/find-webhook.ts';
export { ListDeliveries } from './queries/list-deliveries.ts';
export { ListEvents, LONGEST_PAGE, type ListEventsQuery } from './queries/list-events.ts';
export { ListWebhooks } from './queries/list-webhooks.ts';
export { ChangeWebhook, type ChangeWebhookCommand, type ChangeWebhookError } from './use-cases/change-webhook.ts';
export {
  DeliverEvent,
  type Attempted,
  type DeliverEventCommand,
  type DeliverEventParts,
} from './use-cases/deliver-event.ts';
export { PruneEvents } from './use-cases/prune-events.ts';
export { PublishEvents, type Published } from './use-cases/publish-events.ts';
export { RedeliverEvent, type RedeliverEventCommand, type RedeliverEventError } from './use-cases/redeliver-event.ts';
export { RemoveWebhook } from './use-cases/remove-webhook.ts';
export { ResumeDeliveries } from './use-cases/resume-deliveries.ts';
export {
  RotateWebhookSecret,
  type RotateWebhookSecretCommand,
  type RotateWebhookSecretError,
} from './use-cases/rotate-webhook-secret.ts';
export {
  SubscribeWebhook,
  type Subscribed,
  type SubscribeWebhookCommand,
  type SubscribeWebhookError,
  type TooManySubscriptions,
} from './use-cases/subscribe-webhook.ts';
export { TestWebhook, type TestWebhookParts } from './use-cases/test-webhook.ts';
