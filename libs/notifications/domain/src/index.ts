export {
  Delivery,
  type AttemptName,
  type DeliveryNotFound,
  type DeliverySnapshot,
  type DeliveryWaiting,
} from './delivery.ts';
export { MAX_ATTEMPTS, type Answer, type Verdict } from './delivery-policy.ts';
export type { DeliveryId, EventId, SubscriptionId } from './ids.ts';
export { signedContent } from './signed-content.ts';
export {
  Subscription,
  type Disabled,
  type NewSubscription,
  type SealedSecret,
  type StaleSubscription,
  type SubscriptionChanges,
  type SubscriptionNotFound,
  type SubscriptionSnapshot,
} from './subscription.ts';
export { WebhookUrl, type InvalidWebhookUrl, type UrlRules } from './webhook-url.ts';
