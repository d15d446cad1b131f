import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateWebhooks1795306000601 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_subscriptions (
        id uuid CONSTRAINT pk_webhook_subscriptions PRIMARY KEY,
        url text NOT NULL,
        event_types text[] NOT NULL,
        disabled text,
        secret_key_id text NOT NULL,
        secret bytea NOT NULL,
        previous_key_id text,
        previous_secret bytea,
        previous_until timestamptz,
        failing_since timestamptz,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT ck_webhook_subscriptions_disabled CHECK (disabled IN ('by hand', 'gone', 'failing')),
        CONSTRAINT ck_webhook_subscriptions_previous
          CHECK (num_nonnulls(previous_key_id, previous_secret, previous_until) IN (0, 3))
      )`);
    await runner.query(`
      CREATE TABLE webhook_deliveries (
        id uuid CONSTRAINT pk_webhook_deliveries PRIMARY KEY,
        event_id uuid NOT NULL CONSTRAINT fk_webhook_deliveries_event REFERENCES events ON DELETE CASCADE,
        subscription_id uuid NOT NULL
          CONSTRAINT fk_webhook_deliveries_subscription REFERENCES webhook_subscriptions ON DELETE CASCADE,
        state text NOT NULL,
        attempts integer NOT NULL,
        round integer NOT NULL,
        due_at timestamptz NOT NULL,
        last_answer text,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT uq_webhook_deliveries_event_subscription UNIQUE (event_id, subscription_id),
        CONSTRAINT ck_webhook_deliveries_state
          CHECK (state IN ('waiting', 'delivered', 'dead') AND (state = 'waiting') = (finished_at IS NULL))
      )`);
    await runner.query('CREATE INDEX ix_webhook_deliveries_page ON webhook_deliveries (subscription_id, id)');
    await runner.query(`CREATE INDEX ix_webhook_deliveries_due ON webhook_deliveries (due_at) WHERE state = 'waiting'`);
    await runner.query('CREATE INDEX ix_events_occurred ON events (occurred_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_deliveries');
    await runner.query('DROP TABLE webhook_subscriptions');
    await runner.query('DROP INDEX ix_events_occurred');
  }
}
