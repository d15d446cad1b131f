import type { DataSource } from 'typeorm';
import { FINAL, type Effect, type Facts, type JobFact, type Transition } from '../checks/facts.ts';
import { WORK } from '../worker/assignment.ts';

const JOBS = `
  SELECT id, (payload->>'seq')::int AS seq, payload->>'mode' AS mode, type, state, attempt, max_attempts AS "maxAttempts", token,
    failure
  FROM jobs WHERE type = $1 ORDER BY id`;

const TRANSITIONS = `
  SELECT job_id AS "jobId", (extract(epoch FROM at) * 1000)::float8 AS at, by_whom AS by, from_state AS "from", to_state AS "to",
    holder, new_holder AS "newHolder", lease_expired AS "leaseExpired", from_token AS "fromToken", to_token AS "toToken",
    from_attempt AS "fromAttempt", to_attempt AS "toAttempt", failure
  FROM tally_transitions ORDER BY id`;

const EFFECTS = `SELECT job_id AS "jobId", token, worker, newest, state FROM tally_effects ORDER BY id`;

export async function readFacts(source: DataSource): Promise<Omit<Facts, 'submissions'>> {
  const jobs = await source.query<JobFact[]>(JOBS, [WORK]);
  const transitions = await source.query<Transition[]>(TRANSITIONS);
  const effects = await source.query<Effect[]>(EFFECTS);
  return { jobs, transitions, effects };
}

/** How many of the campaign's jobs are not at their end, by state. */
export async function unfinished(source: DataSource): Promise<Readonly<Record<string, number>>> {
  const rows = await source.query<{ state: string; count: number }[]>(
    'SELECT state, count(*)::int AS count FROM jobs WHERE type = $1 AND state <> ALL($2) GROUP BY state',
    [WORK, FINAL],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
