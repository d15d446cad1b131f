import type { Subscription } from '#notifications/domain';
import { type Disabled, type SubscriptionId, type SubscriptionSnapshot } from '#notifications/domain';
import { EntitySchema } from 'typeorm';

export type SubscriptionRow = {
  readonly id: SubscriptionId;
  readonly url: string;
  readonly eventTypes: string[];
  readonly disabled: Disabled | null;
  readonly secretKeyId: string;
  readonly secret: Buffer;
  readonly previousKeyId: string | null;
  readonly previousSecret: Buffer | null;
  readonly previousUntil: Date | null;
  readonly failingSince: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

export const subscriptionRow = new EntitySchema<SubscriptionRow>({
  name: 'WebhookSubscription',
  tableName: 'webhook_subscriptions',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'pk_webhook_subscriptions' },
    url: { type: 'text' },
    eventTypes: { name: 'event_types', type: 'text', array: true },
    disabled: { type: 'text', nullable: true },
    secretKeyId: { name: 'secret_key_id', type: 'text' },
    secret: { type: 'bytea' },
    previousKeyId: { name: 'previous_key_id', type: 'text', nullable: true },
    previousSecret: { name: 'previous_secret', type: 'bytea', nullable: true },
    previousUntil: { name: 'previous_until', type: 'timestamptz', nullable: true },
    failingSince: { name: 'failing_since', type: 'timestamptz', nullable: true },
    version: { type: 'integer' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    changedAt: { name: 'changed_at', type: 'timestamptz' },
  },
  // TypeORM compares checks by name; what they say stands in the migration.
  checks: [
    { name: 'ck_webhook_subscriptions_disabled', expression: '' },
    { name: 'ck_webhook_subscriptions_previous', expression: '' },
  ],
});

export function subscriptionIn(row: SubscriptionRow): SubscriptionSnapshot {
  const { secretKeyId, secret, previousKeyId, previousSecret, previousUntil, ...facts } = row;
  const previous =
    previousKeyId !== null && previousSecret !== null && previousUntil !== null
      ? { secret: { keyId: previousKeyId, bytes: Uint8Array.from(previousSecret) }, until: previousUntil }
      : null;
  return { ...facts, secret: { keyId: secretKeyId, bytes: Uint8Array.from(secret) }, previous };
}

export function rowOfSubscription(subscription: Subscription): SubscriptionRow {
  const { secret, previous, eventTypes, ...facts } = subscription.snapshot();
  return {
    ...facts,
    eventTypes: [...eventTypes],
    secretKeyId: secret.keyId,
    secret: Buffer.from(secret.bytes),
    previousKeyId: previous?.secret.keyId ?? null,
    previousSecret: previous === null ? null : Buffer.from(previous.secret.bytes),
    previousUntil: previous?.until ?? null,
  };
}
