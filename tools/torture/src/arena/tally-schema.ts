import type { DatabaseSchema } from '#platform/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the database itself saw of the jobs, written by triggers in the transactions of the product: who made which transition,
 * under which name, which ticks schedules have moved on from, and whether the lease that an effect was written under was still the newest when it was committed.
 */
class CreateTally1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tally_transitions (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job_id uuid NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), began timestamptz NOT NULL DEFAULT now(),
        by_whom text NOT NULL DEFAULT current_setting('application_name'),
        from_state text, to_state text NOT NULL, holder text, new_holder text, lease_expired boolean,
        from_token integer, to_token integer NOT NULL, from_attempt integer, to_attempt integer NOT NULL, failure text
      );
      CREATE FUNCTION tally_transition() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            INSERT INTO tally_transitions (job_id, to_state, new_holder, to_token, to_attempt)
            VALUES (NEW.id, NEW.state, NEW.worker, NEW.token, NEW.attempt);
          ELSE
            INSERT INTO tally_transitions
              (job_id, from_state, to_state, holder, new_holder, lease_expired, from_token, to_token, from_attempt, to_attempt, failure)
            VALUES (NEW.id, OLD.state, NEW.state, OLD.worker, NEW.worker, OLD.lease_expires_at <= now(), OLD.token, NEW.token,
              OLD.attempt, NEW.attempt, NEW.failure);
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER tally_new AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION tally_transition();
      CREATE TRIGGER tally_changed AFTER UPDATE ON jobs FOR EACH ROW
        WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.token IS DISTINCT FROM NEW.token)
        EXECUTE FUNCTION tally_transition();

      CREATE TABLE tally_ticks (schedule_id uuid NOT NULL, tick timestamptz NOT NULL);
      CREATE FUNCTION tally_tick() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO tally_ticks (schedule_id, tick) VALUES (NEW.id, NEW.last_tick);
          RETURN NULL;
        END $$;
      CREATE TRIGGER tally_ran AFTER UPDATE ON schedules FOR EACH ROW
        WHEN (NEW.last_tick IS NOT NULL AND NEW.last_tick IS DISTINCT FROM OLD.last_tick) EXECUTE FUNCTION tally_tick();

      CREATE TABLE tally_effects (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job_id uuid NOT NULL, token integer NOT NULL, worker text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
        newest integer, state text
      );
      CREATE FUNCTION tally_effect() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE tally_effects SET newest = jobs.token, state = jobs.state
          FROM jobs WHERE tally_effects.id = NEW.id AND jobs.id = tally_effects.job_id;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER tally_at_commit AFTER INSERT ON tally_effects DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION tally_effect()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE tally_effects, tally_transitions, tally_ticks; DROP FUNCTION tally_tick CASCADE; DROP FUNCTION tally_transition CASCADE; DROP FUNCTION tally_effect CASCADE`);
  }
}

export const tallySchema: DatabaseSchema = { rows: [], migrations: [CreateTally1795400000000] };
