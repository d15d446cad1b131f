/** What belongs to the tickets, in a schema of its own: `DROP SCHEMA lockstep_tickets CASCADE` takes all of it away again. */

export const LOCK = `SELECT pg_advisory_xact_lock(hashtext('lockstep_tickets'))`;
export const IS_INSTALLED = `SELECT to_regnamespace('lockstep_tickets') IS NOT NULL AS installed`;

/** The trigger comes before the jobs that are waiting: it keeps others from adding any until this is committed. */
export const INSTALL = [
  'CREATE SCHEMA lockstep_tickets',
  `CREATE TABLE lockstep_tickets.tickets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id uuid NOT NULL,
    type text NOT NULL,
    priority smallint NOT NULL,
    issue_at timestamptz NOT NULL
  )`,
  'CREATE INDEX ON lockstep_tickets.tickets (issue_at)',
  `CREATE FUNCTION lockstep_tickets.issue() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO lockstep_tickets.tickets (job_id, type, priority, issue_at)
    VALUES (NEW.id, NEW.type, NEW.priority, NEW.due_at);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER tg_jobs_ticket AFTER INSERT OR UPDATE OF state ON jobs
  FOR EACH ROW WHEN (NEW.state = 'queued') EXECUTE FUNCTION lockstep_tickets.issue()`,
  `INSERT INTO lockstep_tickets.tickets (job_id, type, priority, issue_at)
  SELECT id, type, priority, due_at FROM jobs WHERE state = 'queued'`,
] as const;

const time = 'coalesce($1::timestamptz, now())';

export const PAUSED = 'SELECT 1 FROM scheduler_pause';

export const DUE = `
  SELECT id, job_id AS "jobId", priority FROM lockstep_tickets.tickets
  WHERE issue_at <= ${time} AND type = ANY($2)
  ORDER BY issue_at, job_id
  LIMIT $3`;

export const ISSUED = `
  UPDATE lockstep_tickets.tickets SET issue_at = ${time} + $3 * interval '1 millisecond' WHERE id = ANY($2::bigint[])`;

/** A job that comes back to the queue has a ticket of its own: what is not waiting now needs this one no more. */
export const SETTLE = `
  WITH used AS (
    DELETE FROM lockstep_tickets.tickets AS ticket
    WHERE id = ANY($2::bigint[])
      AND NOT EXISTS (SELECT FROM jobs WHERE jobs.id = ticket.job_id AND state = 'queued')
  )
  UPDATE lockstep_tickets.tickets AS ticket SET issue_at = ${time}
  WHERE id = ANY($2::bigint[])
    AND EXISTS (SELECT FROM jobs WHERE jobs.id = ticket.job_id AND state = 'queued')`;
