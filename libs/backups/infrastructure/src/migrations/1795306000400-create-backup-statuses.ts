import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBackupStatuses1795306000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE backup_statuses (
        device_id uuid NOT NULL,
        known_since timestamptz NOT NULL,
        last_success_at timestamptz,
        last_failure_at timestamptz,
        last_failure_kind text,
        last_failure_reason text,
        consecutive_failures integer NOT NULL DEFAULT 0,
        stale_since timestamptz,
        job_id uuid,
        CONSTRAINT backup_statuses_pkey PRIMARY KEY (device_id),
        CONSTRAINT backup_statuses_failures_check CHECK (consecutive_failures >= 0),
        CONSTRAINT backup_statuses_last_failure_check
          CHECK (num_nulls(last_failure_at, last_failure_kind, last_failure_reason) IN (0, 3))
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE backup_statuses');
  }
}
