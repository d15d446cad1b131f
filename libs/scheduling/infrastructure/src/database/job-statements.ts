/** What the queue does to the table. `$1` of a claim and a sweep, `$3` of what a lease's holder writes, is the queue's time. */

export const time = (parameter: string): string => `coalesce(${parameter}::timestamptz, now())`;
const later = (parameter: string, milliseconds: string): string =>
  `${time(parameter)} + ${milliseconds} * interval '1 millisecond'`;

/** Lower ones are claimed first; the same as `claimRank`, and the table checks it. */
export const rankOf = (due: string, priority: string): string => `${due} - ${priority} * interval '1 minute'`;

export const EVENTS_CHANNEL = 'lockstep_jobs';

type Event = {
  readonly at: string;
  readonly kind: string;
  readonly attempt?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly progress?: string;
};

/**
 * What belongs to every change of a job, in the same statement: its event, and its place when it has ended. `changed` is what
 * was changed, with all columns.
 */
export const recorded = (event: Event): string => `told AS (
    INSERT INTO job_events (job_id, at, kind, state, attempt, worker, by, reason, progress)
    SELECT id, ${event.at}, ${event.kind}, state, ${event.attempt ?? 'attempt'}, worker,
           ${event.by ?? 'NULL'}, ${event.reason ?? 'NULL'}, ${event.progress ?? 'NULL::json'}
    FROM changed
  ), freed AS (
    UPDATE job_places SET job_id = NULL FROM changed
    WHERE job_places.job_id = changed.id AND changed.finished_at IS NOT NULL
  )`;

/** Read by whoever listens once the change is committed. */
export const noticed = (about = `'change'`): string => `pg_notify('${EVENTS_CHANNEL}', ${about} || ' ' || id)`;

/**
 * SKIP LOCKED: whoever comes second takes other jobs instead of waiting for the first. MATERIALIZED: the rows are chosen once,
 * whatever the planner makes of the join. The last SELECT is there because RETURNING keeps no order.
 */
const claimOf = (more: string): string => `
  WITH due AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE state = 'queued' AND type = ANY($2) AND due_at <= ${time('$1')}
      AND (start_by IS NULL OR start_by > ${time('$1')}) AND (end_by IS NULL OR end_by > ${time('$1')})
      AND NOT EXISTS (SELECT FROM scheduler_pause)${more}
    ORDER BY rank, id
    LIMIT $3
    FOR NO KEY UPDATE SKIP LOCKED
  ), changed AS (
    UPDATE jobs
    SET state = 'running', attempt = attempt + 1, token = token + 1, worker = $4, start_by = NULL, progress = NULL,
        lease_expires_at = ${later('$1', '$5')}, progress_by = ${later('$1', 'heartbeat_timeout_ms')}
    FROM due WHERE jobs.id = due.id
    RETURNING jobs.*
  ), ${recorded({ at: time('$1'), kind: `'claimed'` })}
  SELECT id, type, payload, attempt, timeout_ms, heartbeat_timeout_ms, token, ${noticed()},
         (extract(epoch FROM end_by - ${time('$1')}) * 1000)::float AS remaining_ms
  FROM changed ORDER BY rank, id`;

export const CLAIM = claimOf('');
export const CLAIM_ONLY = claimOf(' AND id = ANY($6)');

/** The conditions come in the order of what counts most; `least` passes over what is null. */
export const SWEEP = `
  WITH expired AS MATERIALIZED (
    SELECT id,
           CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled'
                WHEN end_by <= ${time('$1')} THEN 'pastDeadline'
                WHEN lease_expires_at <= ${time('$1')} THEN 'workerVanished'
                ELSE 'noProgress' END AS cause
    FROM jobs
    WHERE state = 'running' AND least(lease_expires_at, end_by, progress_by) <= ${time('$1')}
    ORDER BY least(lease_expires_at, end_by, progress_by)
    LIMIT $2
    FOR NO KEY UPDATE SKIP LOCKED
  ), fate AS (
    SELECT expired.id, cause, cause <> 'pastDeadline' AND attempt < max_attempts AS again
    FROM expired JOIN jobs USING (id)
  ), changed AS (
    UPDATE jobs
    SET state = CASE WHEN cause = 'cancelled' THEN cause WHEN again THEN 'queued' ELSE 'failed' END,
        finished_at = CASE WHEN cause = 'cancelled' OR NOT again THEN ${time('$1')} END,
        failure = CASE WHEN cause = 'cancelled' THEN failure ELSE $3::json ->> cause END,
        parked = cause = 'workerVanished' AND NOT again,
        lease_expires_at = NULL, progress_by = NULL
    FROM fate WHERE jobs.id = fate.id
    RETURNING jobs.*, cause
  ), ${recorded({
    at: time('$1'),
    kind: `CASE state WHEN 'cancelled' THEN state ELSE 'expired' END`,
    reason: '$3::json ->> cause',
  })}
  SELECT id, type, attempt, state, cause, parked, ${noticed()} FROM changed`;

export const SWEEP_WAITING = `
  WITH overdue AS MATERIALIZED (
    SELECT id, CASE WHEN end_by <= ${time('$1')} THEN 'pastDeadline' ELSE 'notBegun' END AS cause
    FROM jobs
    WHERE state = 'queued' AND least(start_by, end_by) <= ${time('$1')}
    ORDER BY least(start_by, end_by)
    LIMIT $2
    FOR NO KEY UPDATE SKIP LOCKED
  ), changed AS (
    UPDATE jobs SET state = 'failed', finished_at = ${time('$1')}, failure = $3::json ->> cause
    FROM overdue WHERE jobs.id = overdue.id
    RETURNING jobs.*, cause
  ), ${recorded({ at: time('$1'), kind: `'expired'`, reason: '$3::json ->> cause' })}
  SELECT id, type, attempt, state, cause, parked, ${noticed()} FROM changed`;

/** All that the holder of a lease writes: the fencing token stands in the condition. */
const held = (changes: string): string =>
  `UPDATE jobs SET ${changes} WHERE id = $1 AND token = $2 AND state = 'running' RETURNING jobs.*`;

const heldUpdate = (changes: string, event: Omit<Event, 'at'>): string => `
  WITH changed AS (${held(changes)}), ${recorded({ at: time('$3'), ...event })}
  SELECT state, ${noticed()} FROM changed`;

const NO_LEASE = 'lease_expires_at = NULL, progress_by = NULL';
const IS_LAST = '($5::bigint IS NULL OR attempt >= max_attempts)';
const CANCELLED_OR = (kind: string): string => `CASE state WHEN 'cancelled' THEN state ELSE '${kind}' END`;

/** The one write that is no event: it comes every few seconds, and changes nothing that anybody waits for. */
export const HEARTBEAT = `
  WITH changed AS (${held(`lease_expires_at = ${later('$3', '$4')}`)})
  SELECT state, cancelled_at IS NOT NULL AS "isToBeCancelled" FROM changed`;

export const TELL = heldUpdate(`progress = $4, progress_by = ${later('$3', 'heartbeat_timeout_ms')}`, {
  kind: `'progressed'`,
  progress: 'progress',
});

export const COMPLETE = heldUpdate(
  `state = 'succeeded', finished_at = ${time('$3')}, result = $4, failure = NULL, ${NO_LEASE}`,
  { kind: `'succeeded'` },
);

const RETRIED = `(cancelled_at IS NULL AND NOT ${IS_LAST})`;

export const FAIL = heldUpdate(
  `state = CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled' WHEN ${IS_LAST} THEN 'failed' ELSE 'queued' END,
  finished_at = CASE WHEN NOT ${RETRIED} THEN ${time('$3')} END,
  due_at = CASE WHEN ${RETRIED} THEN ${later('$3', '$5')} ELSE due_at END,
  rank = CASE WHEN ${RETRIED} THEN ${rankOf(`(${later('$3', '$5')})`, 'priority')} ELSE rank END,
  failure = $4, ${NO_LEASE}`,
  { kind: CANCELLED_OR('failed'), reason: '$4' },
);

export const RELEASE = heldUpdate(
  `state = CASE WHEN cancelled_at IS NULL THEN 'queued' ELSE 'cancelled' END,
  finished_at = CASE WHEN cancelled_at IS NOT NULL THEN ${time('$3')} END,
  attempt = CASE WHEN cancelled_at IS NULL THEN attempt - 1 ELSE attempt END, ${NO_LEASE}`,
  { kind: CANCELLED_OR('handedBack'), attempt: `CASE state WHEN 'queued' THEN attempt + 1 ELSE attempt END` },
);

/** Locks the row, so that neither a sweep nor another end can come between it and the commit. */
export const HOLD = `SELECT 1 FROM jobs WHERE id = $1 AND token = $2 AND state = 'running' FOR NO KEY UPDATE`;

/** Of a job that runs only the first request is kept: for the second one nothing changes. */
export const CANCEL = `
  WITH changed AS (
    UPDATE jobs
    SET state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
        finished_at = CASE state WHEN 'queued' THEN ${time('$2')} END,
        cancelled_at = ${time('$2')}, cancelled_by = $3, cancel_reason = $4
    WHERE id = $1 AND (state = 'queued' OR (state = 'running' AND cancelled_at IS NULL))
    RETURNING jobs.*
  ), ${recorded({ at: time('$2'), kind: CANCELLED_OR('cancelRequested'), by: '$3', reason: '$4' })}
  SELECT state, ${noticed()}, ${noticed(`'cancel'`)} FROM changed`;

export const STATE = 'SELECT state FROM jobs WHERE id = $1';
