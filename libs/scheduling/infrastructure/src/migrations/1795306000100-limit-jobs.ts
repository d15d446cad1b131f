import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys, time limits, cancellation, ageing, history and capacity of jobs; pause and workers of the scheduler. */
export class LimitJobs1795306000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state');
    await runner.query(`
      ALTER TABLE jobs
        ADD COLUMN idempotency_key text,
        ADD COLUMN queue_timeout_ms integer,
        ADD COLUMN deadline_ms integer,
        ADD COLUMN heartbeat_timeout_ms integer,
        ADD COLUMN start_by timestamptz,
        ADD COLUMN end_by timestamptz,
        ADD COLUMN progress json,
        ADD COLUMN progress_by timestamptz,
        ADD COLUMN cancelled_at timestamptz,
        ADD COLUMN cancelled_by text,
        ADD COLUMN cancel_reason text,
        ADD COLUMN parked boolean NOT NULL DEFAULT false,
        ADD COLUMN rank timestamptz`);
    await runner.query(`UPDATE jobs SET rank = due_at - priority * interval '1 minute'`);
    await runner.query('ALTER TABLE jobs ALTER COLUMN rank SET NOT NULL');
    // The worker stays on the row after its attempt: it says who had the latest one.
    await runner.query(`
      ALTER TABLE jobs
        ADD CONSTRAINT ck_jobs_rank CHECK (rank = due_at - priority * interval '1 minute'),
        ADD CONSTRAINT ck_jobs_cancelled CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL)),
        ADD CONSTRAINT ck_jobs_state CHECK (
          (state = 'running' OR num_nonnulls(lease_expires_at, progress_by) = 0) AND (state = 'failed' OR NOT parked) AND
          CASE state
            WHEN 'queued' THEN num_nonnulls(result, finished_at, cancelled_at) = 0
            WHEN 'running' THEN num_nonnulls(worker, lease_expires_at) = 2 AND num_nonnulls(start_by, result, finished_at) = 0
            WHEN 'succeeded' THEN num_nonnulls(result, finished_at) = 2 AND failure IS NULL
            WHEN 'failed' THEN num_nonnulls(failure, finished_at) = 2 AND num_nonnulls(result, cancelled_at) = 0
            WHEN 'cancelled' THEN num_nonnulls(finished_at, cancelled_at) = 2 AND result IS NULL
            ELSE false
          END
        )`);
    await runner.query('DROP INDEX ix_jobs_claimable, ix_jobs_leased');
    // All but the key's hold only what is alive, so that a long history makes neither claim nor sweep slower.
    await runner.query(`CREATE INDEX ix_jobs_claimable ON jobs (rank, id) WHERE state = 'queued'`);
    await runner.query(
      `CREATE INDEX ix_jobs_expiring ON jobs (least(lease_expires_at, end_by, progress_by)) WHERE state = 'running'`,
    );
    await runner.query(`
      CREATE INDEX ix_jobs_overdue ON jobs (least(start_by, end_by))
      WHERE state = 'queued' AND least(start_by, end_by) IS NOT NULL`);
    await runner.query(
      'CREATE UNIQUE INDEX uq_jobs_idempotency_key ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL',
    );
    await runner.query('CREATE INDEX ix_jobs_type ON jobs (type, id)');
    await this.#createHistory(runner);
    await this.#createScheduler(runner);
  }

  /** `tx` and not the id alone: ids are given out before the commit, and a reader would pass by those that commit late. */
  async #createHistory(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE job_events (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_job_events PRIMARY KEY,
        tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
        job_id uuid NOT NULL CONSTRAINT fk_job_events_job REFERENCES jobs ON DELETE CASCADE,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        state text NOT NULL,
        attempt smallint NOT NULL,
        worker text,
        by text,
        reason text,
        progress json
      )`);
    await runner.query('CREATE INDEX ix_job_events_order ON job_events (tx, id)');
    await runner.query('CREATE INDEX ix_job_events_job ON job_events (job_id, id)');
  }

  async #createScheduler(runner: QueryRunner): Promise<void> {
    // A place for each job that has not ended. Whoever adds one takes a row that is free and not just being taken.
    await runner.query(`
      CREATE TABLE job_places (
        id integer CONSTRAINT pk_job_places PRIMARY KEY,
        job_id uuid CONSTRAINT fk_job_places_job REFERENCES jobs ON DELETE SET NULL
      )`);
    await runner.query('CREATE INDEX ix_job_places_free ON job_places (id) WHERE job_id IS NULL');
    await runner.query('CREATE UNIQUE INDEX uq_job_places_job ON job_places (job_id) WHERE job_id IS NOT NULL');
    await runner.query(`
      INSERT INTO job_places (id, job_id)
      SELECT row_number() OVER (ORDER BY id), id FROM jobs WHERE state IN ('queued', 'running')`);
    await runner.query(`
      CREATE TABLE scheduler_pause (
        id boolean DEFAULT true CONSTRAINT pk_scheduler_pause PRIMARY KEY CONSTRAINT ck_scheduler_pause_one CHECK (id),
        by text NOT NULL,
        since timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE job_workers (
        name text CONSTRAINT pk_job_workers PRIMARY KEY,
        concurrency integer NOT NULL,
        running integer NOT NULL,
        since timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        alive_until timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE job_events, job_places, scheduler_pause, job_workers');
    await runner.query('ALTER TABLE jobs DROP CONSTRAINT ck_jobs_state');
    await runner.query(`
      UPDATE jobs SET state = 'failed', failure = coalesce(failure, 'It was cancelled.') WHERE state = 'cancelled'`);
    await runner.query(`UPDATE jobs SET worker = NULL WHERE state <> 'running'`);
    await runner.query(`
      ALTER TABLE jobs
        DROP COLUMN idempotency_key, DROP COLUMN queue_timeout_ms, DROP COLUMN deadline_ms,
        DROP COLUMN heartbeat_timeout_ms, DROP COLUMN start_by, DROP COLUMN end_by, DROP COLUMN progress,
        DROP COLUMN progress_by, DROP COLUMN cancelled_at, DROP COLUMN cancelled_by, DROP COLUMN cancel_reason,
        DROP COLUMN parked, DROP COLUMN rank,
        ADD CONSTRAINT ck_jobs_state CHECK (
          CASE state
            WHEN 'queued' THEN num_nonnulls(worker, lease_expires_at, result, finished_at) = 0
            WHEN 'running' THEN num_nonnulls(worker, lease_expires_at) = 2 AND num_nonnulls(result, finished_at) = 0
            WHEN 'succeeded' THEN num_nonnulls(result, finished_at) = 2 AND num_nonnulls(worker, lease_expires_at, failure) = 0
            WHEN 'failed' THEN num_nonnulls(failure, finished_at) = 2 AND num_nonnulls(worker, lease_expires_at, result) = 0
            ELSE false
          END
        )`);
    await runner.query('DROP INDEX ix_jobs_type');
    await runner.query(`CREATE INDEX ix_jobs_claimable ON jobs (priority DESC, due_at, id) WHERE state = 'queued'`);
    await runner.query(`CREATE INDEX ix_jobs_leased ON jobs (lease_expires_at) WHERE state = 'running'`);
  }
}
