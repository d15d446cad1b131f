import type { Subscription, SubscriptionId } from '#notifications/domain';

export type Wanting = { readonly id: SubscriptionId; readonly eventTypes: readonly string[] };

/**
 * The subscriptions, as a store inside a transaction.
 *
 * `lock` answers the newest committed state and keeps other locks, changes and removals waiting until the transaction ends; `update`
 * and `remove` are for what was locked before, and `remove` takes the deliveries along. `active` keeps removals waiting, and
 * nobody else. There are at most {@link MOST_SUBSCRIPTIONS} of them: `count` is exact for those who called `lockAll` before,
 * which keeps each other waiting.
 */
export abstract class Subscriptions {
  abstract lockAll(): Promise<void>;
  abstract count(): Promise<number>;
  abstract insert(subscription: Subscription): Promise<void>;
  abstract lock(id: SubscriptionId): Promise<Subscription | null>;
  abstract update(subscription: Subscription): Promise<void>;
  abstract remove(id: SubscriptionId): Promise<void>;
  abstract active(): Promise<readonly Wanting[]>;
}

/** Each of them costs a delivery for every event. */
export const MOST_SUBSCRIPTIONS = 100;
