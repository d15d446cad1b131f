import type {
  DeliveryPageRequest,
  EventView,
  NotificationsReader,
  Outgoing,
  SubscriptionView,
} from '#notifications/application';
import type { DeliveryId, DeliverySnapshot, SubscriptionId, SubscriptionSnapshot } from '#notifications/domain';
import { readWith } from '#platform/database';
import { IsNull, LessThan, MoreThan, Not, type DataSource, type EntityManager } from 'typeorm';
import { eventIn, eventRow } from './event.row.ts';
import { deliveryRow } from './webhook-delivery.row.ts';
import { subscriptionIn, subscriptionRow } from './webhook-subscription.row.ts';

/** Every column but those of the secrets: what is not read cannot be shown. */
const VISIBLE = {
  id: true,
  url: true,
  eventTypes: true,
  disabled: true,
  failingSince: true,
  version: true,
  createdAt: true,
  changedAt: true,
} as const;

export class TypeOrmNotificationsReader implements NotificationsReader {
  readonly #source: DataSource;

  constructor(source: DataSource) {
    this.#source = source;
  }

  subscriptions(signal: AbortSignal): Promise<readonly SubscriptionView[]> {
    return readWith(this.#source, signal, (manager) =>
      manager.find(subscriptionRow, { select: VISIBLE, order: { id: 'ASC' } }),
    );
  }

  async subscription(id: SubscriptionId, signal: AbortSignal): Promise<SubscriptionSnapshot | null> {
    const row = await readWith(this.#source, signal, (manager) => manager.findOneBy(subscriptionRow, { id }));
    return row === null ? null : subscriptionIn(row);
  }

  deliveries(page: DeliveryPageRequest, signal: AbortSignal): Promise<readonly DeliverySnapshot[]> {
    const { subscriptionId, state, before, limit } = page;
    const where = { subscriptionId, ...(state && { state }), ...(before && { id: LessThan(before) }) };
    return readWith(this.#source, signal, (manager) =>
      manager.find(deliveryRow, { where, order: { id: 'DESC' }, take: limit }),
    );
  }

  async outgoing(id: DeliveryId, signal: AbortSignal): Promise<Outgoing | null> {
    return readWith(this.#source, signal, async (manager) => {
      const delivery = await manager.findOneBy(deliveryRow, { id });
      return delivery === null ? null : withEvent(manager, delivery);
    });
  }

  async events({ after, limit }: { after: number; limit: number }, signal: AbortSignal): Promise<readonly EventView[]> {
    const where = { number: MoreThan(String(after)) };
    const rows = await readWith(this.#source, signal, (manager) =>
      manager.find(eventRow, { where, order: { number: 'ASC' }, take: limit }),
    );
    return rows.map(eventIn);
  }

  async newest(signal: AbortSignal): Promise<number> {
    const where = { number: Not(IsNull()) };
    const [row] = await readWith(this.#source, signal, (manager) =>
      manager.find(eventRow, { select: { id: true, number: true }, where, order: { number: 'DESC' }, take: 1 }),
    );
    return Number(row?.number ?? 0);
  }
}

/** Events never change, and an attempt is judged by what it finds locked later: nothing here has to agree in time. */
async function withEvent(manager: EntityManager, delivery: DeliverySnapshot): Promise<Outgoing | null> {
  const event = await manager.findOneBy(eventRow, { id: delivery.eventId });
  const subscription = await manager.findOneBy(subscriptionRow, { id: delivery.subscriptionId });
  if (event === null || subscription === null) return null;
  return { delivery, event: eventIn(event), subscription: subscriptionIn(subscription) };
}
