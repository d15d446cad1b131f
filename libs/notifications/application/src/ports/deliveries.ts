import type { Delivery, DeliveryId } from '#notifications/domain';

/**
 * The deliveries, as a store inside a transaction.
 *
 * There is one for each event and subscription: `insert` passes over those that there are, and answers the ids of the new ones.
 * `lock` answers the newest committed state and keeps other locks waiting until the transaction ends; `update` is for what was
 * locked before. `overdue` locks and answers up to `limit` that wait and were due before a time, and passes over those that
 * others have locked.
 */
export abstract class Deliveries {
  abstract insert(deliveries: readonly Delivery[]): Promise<readonly DeliveryId[]>;
  abstract lock(id: DeliveryId): Promise<Delivery | null>;
  abstract update(delivery: Delivery): Promise<void>;
  abstract overdue(before: Date, limit: number): Promise<readonly Delivery[]>;
}
