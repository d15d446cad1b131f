import type { DeliveryId, DeliverySnapshot, SubscriptionId, SubscriptionSnapshot } from '#notifications/domain';
import type { EventView } from './events.ts';

/** A subscription as people may see it: everything but its secrets. */
export type SubscriptionView = Omit<SubscriptionSnapshot, 'secret' | 'previous'>;

/** All that an attempt needs to know. */
export type Outgoing = {
  readonly delivery: DeliverySnapshot;
  readonly event: EventView;
  readonly subscription: SubscriptionSnapshot;
};

export type DeliveryPageRequest = {
  readonly subscriptionId: SubscriptionId;
  readonly state: DeliverySnapshot['state'] | null;
  /** Only those that were made before this one; null begins at the newest. */
  readonly before: DeliveryId | null;
  readonly limit: number;
};

/**
 * What is committed, for looking at. All reject with the signal's reason on abort.
 *
 * `subscriptions` are the oldest first. `deliveries` go by id, the newest first. `events` are the published ones after a number, in
 * the order of their numbers: reading on from the last one misses none and repeats none. `newest` is the number of the latest one; 0
 * when there is none.
 */
export abstract class NotificationsReader {
  abstract subscriptions(signal: AbortSignal): Promise<readonly SubscriptionView[]>;
  abstract subscription(id: SubscriptionId, signal: AbortSignal): Promise<SubscriptionSnapshot | null>;
  abstract deliveries(page: DeliveryPageRequest, signal: AbortSignal): Promise<readonly DeliverySnapshot[]>;
  abstract outgoing(id: DeliveryId, signal: AbortSignal): Promise<Outgoing | null>;
  abstract events(page: { after: number; limit: number }, signal: AbortSignal): Promise<readonly EventView[]>;
  abstract newest(signal: AbortSignal): Promise<number>;
}
