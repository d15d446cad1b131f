import { noticed, rankOf, recorded, time } from './job-statements.ts';

/**
 * Adding jobs, each of which takes a place. Places are rows, so that they can be taken side by side: a count would have to be
 * guarded by one lock for all, held until the transaction ends that adds the job. Those in transactions that have not ended are
 * passed over, which makes what they add count already, and what they end not yet.
 *
 * `$1` is the capacity. `$2` is a place to look behind: a transaction that adds thousands must not look through its own again.
 */
const PLACE = `place AS MATERIALIZED (
    SELECT id FROM job_places
    WHERE job_id IS NULL AND id > $2 AND id <= $1
    ORDER BY id LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
  )`;
const TAKEN = `taken AS (UPDATE job_places SET job_id = changed.id FROM place, changed WHERE job_places.id = place.id)`;
const ANSWER = `SELECT (SELECT id FROM place) AS place, (SELECT id FROM changed) AS id,
         (SELECT ${noticed()} FROM changed)`;

/** By hand, because TypeORM writes a payload that is JSON's null as SQL's NULL. */
export const SUBMIT = `
  WITH ${PLACE}, changed AS (
    INSERT INTO jobs (id, type, payload, priority, due_at, rank, max_attempts, timeout_ms, submitted_at, state, attempt, token,
                      idempotency_key, queue_timeout_ms, deadline_ms, heartbeat_timeout_ms, start_by, end_by)
    SELECT $3, $4, $5, $6, $7::timestamptz, ${rankOf('$7::timestamptz', '$6::smallint')}, $8, $9, $10::timestamptz, 'queued', 0, 0,
           $11, $12, $13, $14, $15::timestamptz, $16::timestamptz
    FROM place
    ON CONFLICT (idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
    RETURNING jobs.*
  ), ${TAKEN}, ${recorded({ at: 'submitted_at', kind: `'submitted'` })}
  ${ANSWER}`;

const after = (milliseconds: string): string => `${time('$4')} + ${milliseconds} * interval '1 millisecond'`;

export const RETRY = `
  WITH ${PLACE}, changed AS (
    UPDATE jobs
    SET state = 'queued', max_attempts = attempt + $5, due_at = ${time('$4')}, rank = ${rankOf(time('$4'), 'priority')},
        start_by = ${after('queue_timeout_ms')}, end_by = ${after('deadline_ms')},
        cancelled_at = NULL, cancelled_by = NULL, cancel_reason = NULL, finished_at = NULL, parked = false
    FROM place WHERE jobs.id = $3 AND state IN ('failed', 'cancelled')
    RETURNING jobs.*
  ), ${TAKEN}, ${recorded({ at: time('$4'), kind: `'retried'`, by: '$6' })}
  ${ANSWER}`;

export const OF_KEY = 'SELECT id, type, payload FROM jobs WHERE idempotency_key = $1';

export const LAST_PLACE = 'SELECT coalesce(max(id), 0) AS last FROM job_places';

/** Whoever makes the same places at the same time waits for the other, and makes none. */
export const MAKE_PLACES = `
  INSERT INTO job_places (id) SELECT generate_series($1::integer + 1, $2::integer) ON CONFLICT (id) DO NOTHING`;
