import { ok } from '#kernel';
import { TypeOrmTransaction } from '#platform/database';
import type { EndedJobs, EndedLongAgo } from '#scheduling/application';
import type { DataSource, EntityManager } from 'typeorm';
import { time } from './job-statements.ts';
import type { QueueTime } from './queue-time.ts';

/** SKIP LOCKED: a job that is just being retried is left to that. Its history goes with it, by its foreign key. */
const REMOVE = `
  WITH over AS (
    SELECT id FROM jobs
    WHERE finished_at <= ${time('$3')} - $1 * interval '1 millisecond'
      AND id NOT IN (SELECT last_job_id FROM schedules WHERE last_job_id IS NOT NULL)
    ORDER BY finished_at, id
    LIMIT $2
    FOR UPDATE SKIP LOCKED
  ),
  removed AS (DELETE FROM jobs WHERE id IN (SELECT id FROM over) RETURNING 1)
  SELECT count(*)::int AS count FROM removed`;

export class PostgresEndedJobs implements EndedJobs {
  readonly #transaction: TypeOrmTransaction<EntityManager>;
  readonly #time: QueueTime;

  constructor(source: DataSource, time: QueueTime) {
    this.#transaction = new TypeOrmTransaction(source, (manager) => manager);
    this.#time = time;
  }

  async remove({ forMs, limit }: EndedLongAgo, signal: AbortSignal): Promise<number> {
    const values = [forMs, limit, this.#time.now()];
    const removed = await this.#transaction.run(async (manager) => {
      const [row] = await manager.query<[{ count: number }]>(REMOVE, values);
      return ok(row.count);
    }, signal);
    if (!removed.ok) throw new Error('Removing jobs is never refused.');
    return removed.value;
  }
}
