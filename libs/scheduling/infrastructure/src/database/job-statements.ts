/** What the queue does to the table. `$1` of a claim and a sweep, `$3` of what a lease's holder writes, is the queue's time. */

const time = (parameter: string): string => `coalesce(${parameter}::timestamptz, now())`;
const later = (parameter: string, milliseconds: string): string =>
  `${time(parameter)} + ${milliseconds} * interval '1 millisecond'`;

/**
 * SKIP LOCKED: whoever comes second takes other jobs instead of waiting for the first. MATERIALIZED: the rows are chosen once,
 * whatever the planner makes of the join. The last SELECT is there because RETURNING keeps no order.
 */
export const CLAIM = `
  WITH due AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE state = 'queued' AND type = ANY($2) AND due_at <= ${time('$1')}
    ORDER BY priority DESC, due_at, id
    LIMIT $3
    FOR NO KEY UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE jobs
    SET state = 'running', attempt = attempt + 1, token = token + 1, worker = $4,
        lease_expires_at = ${later('$1', '$5')}
    FROM due WHERE jobs.id = due.id
    RETURNING jobs.*
  )
  SELECT id, type, payload, attempt, timeout_ms, token FROM claimed ORDER BY priority DESC, due_at, id`;

export const SWEEP = `
  WITH expired AS MATERIALIZED (
    SELECT id FROM jobs
    WHERE state = 'running' AND lease_expires_at <= ${time('$1')}
    ORDER BY lease_expires_at
    LIMIT $2
    FOR NO KEY UPDATE SKIP LOCKED
  )
  UPDATE jobs
  SET state = CASE WHEN attempt < max_attempts THEN 'queued' ELSE 'failed' END,
      finished_at = CASE WHEN attempt < max_attempts THEN NULL ELSE ${time('$1')} END,
      worker = NULL, lease_expires_at = NULL, failure = $3
  FROM expired WHERE jobs.id = expired.id
  RETURNING jobs.id, type, attempt, state`;

/** All that the holder of a lease writes: the fencing token stands in the condition. */
const heldUpdate = (changes: string): string =>
  `UPDATE jobs SET ${changes} WHERE id = $1 AND token = $2 AND state = 'running' RETURNING state`;

const NO_LEASE = 'worker = NULL, lease_expires_at = NULL';
const IS_LAST = '($5::bigint IS NULL OR attempt >= max_attempts)';

export const HEARTBEAT = heldUpdate(`lease_expires_at = ${later('$3', '$4')}`);

export const COMPLETE = heldUpdate(
  `state = 'succeeded', finished_at = ${time('$3')}, result = $4, failure = NULL, ${NO_LEASE}`,
);

export const FAIL = heldUpdate(`
  state = CASE WHEN ${IS_LAST} THEN 'failed' ELSE 'queued' END,
  finished_at = CASE WHEN ${IS_LAST} THEN ${time('$3')} END,
  due_at = CASE WHEN ${IS_LAST} THEN due_at ELSE ${later('$3', '$5')} END,
  failure = $4, ${NO_LEASE}`);

export const RELEASE = heldUpdate(`state = 'queued', attempt = attempt - 1, ${NO_LEASE}`);

/** Locks the row, so that neither a sweep nor another end can come between it and the commit. */
export const HOLD = `SELECT 1 FROM jobs WHERE id = $1 AND token = $2 AND state = 'running' FOR NO KEY UPDATE`;

/** By hand, because TypeORM writes a payload that is JSON's null as SQL's NULL. */
export const INSERT = `
  INSERT INTO jobs (id, type, payload, priority, due_at, max_attempts, timeout_ms, submitted_at, state, attempt, token)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
