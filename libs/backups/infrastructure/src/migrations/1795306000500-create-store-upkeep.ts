import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStoreUpkeep1795306000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX config_versions_content_hash_idx ON config_versions (content_hash)');
    await runner.query(`
      CREATE TABLE content_fences (
        content_hash text NOT NULL,
        mark integer NOT NULL,
        job_id uuid,
        token integer,
        condemned_at timestamptz,
        CONSTRAINT content_fences_pkey PRIMARY KEY (content_hash),
        CONSTRAINT content_fences_condemned_check
          CHECK ((job_id IS NULL) = (token IS NULL) AND (job_id IS NULL) = (condemned_at IS NULL))
      )
    `);
    await runner.query(`
      CREATE TABLE store_verifications (
        id uuid NOT NULL,
        mode text NOT NULL,
        part integer NOT NULL,
        parts integer NOT NULL,
        shards_done integer NOT NULL,
        contents integer NOT NULL,
        bytes bigint NOT NULL,
        damaged integer NOT NULL,
        unreferenced integer NOT NULL,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT store_verifications_pkey PRIMARY KEY (id)
      )
    `);
    await runner.query('CREATE INDEX store_verifications_started_at_idx ON store_verifications (started_at)');
    await runner.query(`
      CREATE TABLE store_findings (
        verification_id uuid NOT NULL,
        content_hash text NOT NULL,
        kind text NOT NULL,
        by_hash text,
        versions integer NOT NULL,
        CONSTRAINT store_findings_pkey PRIMARY KEY (verification_id, content_hash),
        CONSTRAINT store_findings_verification_id_fkey FOREIGN KEY (verification_id)
          REFERENCES store_verifications (id) ON DELETE CASCADE
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE store_findings, store_verifications, content_fences');
    await runner.query('DROP INDEX config_versions_content_hash_idx');
  }
}
