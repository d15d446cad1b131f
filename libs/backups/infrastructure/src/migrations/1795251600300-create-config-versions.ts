import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateConfigVersions1795251600300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // No foreign keys: devices and jobs belong to other contexts, and versions outlive both.
    await runner.query(`
      CREATE TABLE config_versions (
        id uuid NOT NULL,
        device_id uuid NOT NULL,
        sequence integer NOT NULL,
        content_hash text NOT NULL,
        significant_hash text NOT NULL,
        bytes integer NOT NULL,
        model text NOT NULL,
        collected_at timestamptz NOT NULL,
        job_id uuid NOT NULL,
        CONSTRAINT config_versions_pkey PRIMARY KEY (id),
        CONSTRAINT config_versions_device_id_sequence_key UNIQUE (device_id, sequence),
        CONSTRAINT config_versions_sequence_check CHECK (sequence >= 1),
        CONSTRAINT config_versions_bytes_check CHECK (bytes >= 0),
        CONSTRAINT config_versions_hashes_check
          CHECK (content_hash ~ '^[0-9a-f]{64}$' AND significant_hash ~ '^[0-9a-f]{64}$')
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE config_versions');
  }
}
