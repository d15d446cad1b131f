import type { Id } from '#kernel';

export type EventId = Id<'Event'>;
export type SubscriptionId = Id<'Subscription'>;
export type DeliveryId = Id<'Delivery'>;
