import { ok } from '#kernel';
import { TypeOrmTransaction } from '#platform/database';
import type { WorkerRegistry, WorkerReport } from '#scheduling/application';
import type { DataSource, EntityManager } from 'typeorm';
import { time } from './job-statements.ts';
import type { QueueTime } from './queue-time.ts';

/** Whoever reports takes those away that have long been silent: nobody else would. */
const REPORT = `
  WITH gone AS (
    DELETE FROM job_workers WHERE alive_until < ${time('$5')} - interval '1 hour' AND name <> $1
  )
  INSERT INTO job_workers (name, concurrency, running, since, seen_at, alive_until)
  VALUES ($1, $2, $3, ${time('$5')}, ${time('$5')}, ${time('$5')} + $4 * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE
  SET concurrency = excluded.concurrency, running = excluded.running, seen_at = excluded.seen_at, alive_until = excluded.alive_until`;
const LEAVE = 'DELETE FROM job_workers WHERE name = $1';

export class PostgresWorkerRegistry implements WorkerRegistry {
  readonly #transaction: TypeOrmTransaction<EntityManager>;
  readonly #time: QueueTime;

  constructor(source: DataSource, time: QueueTime) {
    this.#transaction = new TypeOrmTransaction(source, (manager) => manager);
    this.#time = time;
  }

  async report({ name, concurrency, running, aliveMs }: WorkerReport, signal: AbortSignal): Promise<void> {
    const values = [name, concurrency, running, aliveMs, this.#time.now()];
    await this.#transaction.run(async (manager) => ok(await manager.query(REPORT, values)), signal);
  }

  async leave(name: string, signal: AbortSignal): Promise<void> {
    await this.#transaction.run(async (manager) => ok(await manager.query(LEAVE, [name])), signal);
  }
}
