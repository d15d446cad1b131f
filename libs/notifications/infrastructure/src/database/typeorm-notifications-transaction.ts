import type { NotificationsStores, NotificationsTransaction } from '#notifications/application';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import type { JobsWithin } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';
import { PostgresEvents } from './postgres-events.ts';
import { TypeOrmDeliveries } from './typeorm-deliveries.ts';
import { TypeOrmSubscriptions } from './typeorm-subscriptions.ts';

export class TypeOrmNotificationsTransaction
  extends TypeOrmTransaction<NotificationsStores>
  implements NotificationsTransaction
{
  constructor(source: DataSource, jobs: JobsWithin) {
    super(source, (manager) => ({
      events: new PostgresEvents(manager),
      subscriptions: new TypeOrmSubscriptions(manager),
      deliveries: new TypeOrmDeliveries(manager),
      jobs: jobs.join(asOpenTransaction(manager)),
    }));
  }
}
