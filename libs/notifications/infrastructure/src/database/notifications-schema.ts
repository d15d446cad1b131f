import type { DatabaseSchema } from '#platform/database';
import { CreateEvents1795306000600 } from '../migrations/1795306000600-create-events.ts';
import { CreateWebhooks1795306000601 } from '../migrations/1795306000601-create-webhooks.ts';
import { eventRow } from './event.row.ts';
import { deliveryRow } from './webhook-delivery.row.ts';
import { subscriptionRow } from './webhook-subscription.row.ts';

export const notificationsSchema: DatabaseSchema = {
  rows: [eventRow, subscriptionRow, deliveryRow],
  migrations: [CreateEvents1795306000600, CreateWebhooks1795306000601],
};
