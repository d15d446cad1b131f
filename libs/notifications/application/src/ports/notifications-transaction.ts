import { Transaction } from '#kernel';
import type { Jobs } from '#scheduling/contracts';
import type { Deliveries } from './deliveries.ts';
import type { Events } from './events.ts';
import type { Subscriptions } from './subscriptions.ts';

export type NotificationsStores = {
  readonly events: Events;
  readonly subscriptions: Subscriptions;
  readonly deliveries: Deliveries;
  readonly jobs: Jobs;
};

/**
 * The one way to write in this context; what it promises is told by {@link Transaction}. Who locks a subscription and a
 * delivery locks the subscription first.
 */
export abstract class NotificationsTransaction extends Transaction<NotificationsStores> {}
