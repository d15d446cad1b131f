import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSchedules1795306000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The order of ticks is the database's business too: none comes back behind the last one that ran.
    await runner.query(`
      CREATE TABLE schedules (
        id uuid CONSTRAINT pk_schedules PRIMARY KEY,
        name text COLLATE "C" NOT NULL CONSTRAINT uq_schedules_name UNIQUE,
        plan json NOT NULL,
        job json NOT NULL,
        job_type text NOT NULL,
        state text NOT NULL,
        next_tick timestamptz,
        look_at timestamptz,
        last_tick timestamptz,
        last_job_id uuid,
        refusal_reason text,
        refusal_at timestamptz,
        refusal_times integer,
        version integer NOT NULL,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT ck_schedules_state CHECK (state = 'active' OR (state = 'paused' AND next_tick IS NULL)),
        CONSTRAINT ck_schedules_look_at CHECK ((next_tick IS NULL) = (look_at IS NULL) AND look_at >= next_tick),
        CONSTRAINT ck_schedules_ticks CHECK (last_tick < next_tick),
        CONSTRAINT ck_schedules_last_run CHECK (num_nonnulls(last_tick, last_job_id) IN (0, 2)),
        CONSTRAINT ck_schedules_refusal CHECK (num_nonnulls(refusal_reason, refusal_at, refusal_times) IN (0, 3)),
        CONSTRAINT ck_schedules_version CHECK (version >= 1)
      )`);
    await runner.query('CREATE INDEX ix_schedules_look_at ON schedules (look_at, id) WHERE look_at IS NOT NULL');
    await runner.query(`CREATE INDEX ix_schedules_job_type ON schedules (job_type, look_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE schedules');
  }
}
