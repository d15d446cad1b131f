import type { Deliveries } from '#notifications/application';
import { Delivery, type DeliveryId } from '#notifications/domain';
import { LessThan, type EntityManager } from 'typeorm';
import { deliveryRow } from './webhook-delivery.row.ts';

export class TypeOrmDeliveries implements Deliveries {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async insert(deliveries: readonly Delivery[]): Promise<readonly DeliveryId[]> {
    // Copies: TypeORM writes what RETURNING answers into its rows, one after the other, also where some were passed over.
    const rows = deliveries.map((delivery) => ({ ...delivery.snapshot() }));
    const query = this.#manager.createQueryBuilder().insert().into(deliveryRow).values(rows);
    const { raw } = await query.orIgnore().returning('id').execute();
    return (raw as { readonly id: DeliveryId }[]).map(({ id }) => id);
  }

  async lock(id: DeliveryId): Promise<Delivery | null> {
    const row = await this.#manager.findOne(deliveryRow, { where: { id }, lock: { mode: 'for_no_key_update' } });
    return row === null ? null : Delivery.restore(row);
  }

  async update(delivery: Delivery): Promise<void> {
    const { id, ...columns } = delivery.snapshot();
    await this.#manager.update(deliveryRow, { id }, columns);
  }

  async overdue(before: Date, limit: number): Promise<readonly Delivery[]> {
    const rows = await this.#manager.find(deliveryRow, {
      where: { state: 'waiting', dueAt: LessThan(before) },
      order: { dueAt: 'ASC', id: 'ASC' },
      take: limit,
      lock: { mode: 'for_no_key_update', onLocked: 'skip_locked' },
    });
    return rows.map((row) => Delivery.restore(row));
  }
}
