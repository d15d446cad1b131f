import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateJobs1795219200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // json and not jsonb: what handlers make is kept as it is, and jsonb refuses some of what JSON allows (\u0000).
    await runner.query(`
      CREATE TABLE jobs (
        id uuid CONSTRAINT pk_jobs PRIMARY KEY,
        type text NOT NULL,
        payload json NOT NULL,
        priority smallint NOT NULL,
        due_at timestamptz NOT NULL,
        max_attempts smallint NOT NULL,
        timeout_ms integer NOT NULL,
        submitted_at timestamptz NOT NULL,
        state text NOT NULL,
        attempt smallint NOT NULL,
        token integer NOT NULL,
        worker text,
        lease_expires_at timestamptz,
        result json,
        failure text,
        finished_at timestamptz,
        CONSTRAINT ck_jobs_attempt CHECK (attempt BETWEEN 0 AND max_attempts),
        CONSTRAINT ck_jobs_state CHECK (
          CASE state
            WHEN 'queued' THEN num_nonnulls(worker, lease_expires_at, result, finished_at) = 0
            WHEN 'running' THEN num_nonnulls(worker, lease_expires_at) = 2 AND num_nonnulls(result, finished_at) = 0
            WHEN 'succeeded' THEN num_nonnulls(result, finished_at) = 2 AND num_nonnulls(worker, lease_expires_at, failure) = 0
            WHEN 'failed' THEN num_nonnulls(failure, finished_at) = 2 AND num_nonnulls(worker, lease_expires_at, result) = 0
            ELSE false
          END
        )
      )`);
    // Both hold only what is alive, so that a long history makes neither claim nor sweep slower.
    await runner.query(`CREATE INDEX ix_jobs_claimable ON jobs (priority DESC, due_at, id) WHERE state = 'queued'`);
    await runner.query(`CREATE INDEX ix_jobs_leased ON jobs (lease_expires_at) WHERE state = 'running'`);
    await runner.query(`CREATE INDEX ix_jobs_state ON jobs (state, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE jobs');
  }
}
