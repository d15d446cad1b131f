import type { DeliverySnapshot } from '#notifications/domain';
import { EntitySchema } from 'typeorm';

export type DeliveryRow = DeliverySnapshot;

export const deliveryRow = new EntitySchema<DeliveryRow>({
  name: 'WebhookDelivery',
  tableName: 'webhook_deliveries',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'pk_webhook_deliveries' },
    eventId: { name: 'event_id', type: 'uuid' },
    subscriptionId: { name: 'subscription_id', type: 'uuid' },
    state: { type: 'text' },
    attempts: { type: 'integer' },
    round: { type: 'integer' },
    dueAt: { name: 'due_at', type: 'timestamptz' },
    lastAnswer: { name: 'last_answer', type: 'text', nullable: true },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
  },
  uniques: [{ name: 'uq_webhook_deliveries_event_subscription', columns: ['eventId', 'subscriptionId'] }],
  // TypeORM compares checks by name; what they say stands in the migration.
  checks: [{ name: 'ck_webhook_deliveries_state', expression: '' }],
  foreignKeys: [
    {
      name: 'fk_webhook_deliveries_event',
      target: 'Event',
      columnNames: ['eventId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
    {
      name: 'fk_webhook_deliveries_subscription',
      target: 'WebhookSubscription',
      columnNames: ['subscriptionId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
  indices: [
    { name: 'ix_webhook_deliveries_page', columns: ['subscriptionId', 'id'] },
    { name: 'ix_webhook_deliveries_due', columns: ['dueAt'], synchronize: false },
  ],
});
