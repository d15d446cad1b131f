import type { Subscriptions, Wanting } from '#notifications/application';
import { Subscription, type SubscriptionId } from '#notifications/domain';
import type { EntityManager } from 'typeorm';
import { rowOfSubscription, subscriptionIn, subscriptionRow } from './webhook-subscription.row.ts';

/** Self-conflicting, and in nobody's way who only reads or changes rows. */
const LOCK_ALL = 'SELECT pg_advisory_xact_lock(1795306001)';
/** In one order, so that two who lock several wait for each other one way only. */
const ACTIVE = `
  SELECT id, event_types AS "eventTypes" FROM webhook_subscriptions
  WHERE disabled IS NULL ORDER BY id FOR KEY SHARE`;

export class TypeOrmSubscriptions implements Subscriptions {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async lockAll(): Promise<void> {
    await this.#manager.query(LOCK_ALL);
  }

  count(): Promise<number> {
    return this.#manager.count(subscriptionRow);
  }

  async insert(subscription: Subscription): Promise<void> {
    await this.#manager.insert(subscriptionRow, rowOfSubscription(subscription));
  }

  async lock(id: SubscriptionId): Promise<Subscription | null> {
    const row = await this.#manager.findOne(subscriptionRow, { where: { id }, lock: { mode: 'for_no_key_update' } });
    return row === null ? null : Subscription.restore(subscriptionIn(row));
  }

  async update(subscription: Subscription): Promise<void> {
    const { id, ...columns } = rowOfSubscription(subscription);
    await this.#manager.update(subscriptionRow, { id }, columns);
  }

  async remove(id: SubscriptionId): Promise<void> {
    await this.#manager.delete(subscriptionRow, { id });
  }

  active(): Promise<readonly Wanting[]> {
    return this.#manager.query<Wanting[]>(ACTIVE);
  }
}
