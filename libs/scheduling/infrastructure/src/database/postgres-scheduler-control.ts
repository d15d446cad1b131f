import { ok } from '#kernel';
import { readWith, TypeOrmTransaction } from '#platform/database';
import type { AliveWorker, SchedulerControl, SchedulerState, TypeCount } from '#scheduling/application';
import type { DataSource, EntityManager } from 'typeorm';
import { usualCapacity, type Capacity } from './job-places.ts';
import { time } from './job-statements.ts';
import type { QueueTime } from './queue-time.ts';

const PAUSE = `INSERT INTO scheduler_pause (by, since) VALUES ($1, ${time('$2')}) ON CONFLICT (id) DO NOTHING`;
const RESUME = 'DELETE FROM scheduler_pause';
/** In one statement, so that all of it is as of one moment. */
const SELECT_STATE = `
  SELECT (SELECT json_build_object('by', by, 'since', since) FROM scheduler_pause) AS paused,
         (SELECT coalesce(json_agg(json_build_object('name', name, 'concurrency', concurrency, 'running', running,
                                                     'since', since, 'seenAt', seen_at) ORDER BY name), '[]')
          FROM job_workers WHERE alive_until > ${time('$1')}) AS workers,
         (SELECT coalesce(json_agg(json_build_object('type', type, 'waiting', waiting, 'running', running) ORDER BY type), '[]')
          FROM (SELECT type, count(*) FILTER (WHERE state = 'queued') AS waiting,
                       count(*) FILTER (WHERE state = 'running') AS running
                FROM jobs WHERE state IN ('queued', 'running') GROUP BY type) AS counts) AS types,
         (SELECT min(due_at) FROM jobs WHERE state = 'queued' AND due_at <= ${time('$1')}) AS "oldestWaiting"`;

type Stored<T> = { readonly [Key in keyof T]: T[Key] extends Date ? string : T[Key] };
type StateRow = {
  readonly paused: { readonly by: string; readonly since: string } | null;
  readonly workers: readonly Stored<AliveWorker>[];
  readonly types: readonly TypeCount[];
  readonly oldestWaiting: Date | null;
};

export class PostgresSchedulerControl implements SchedulerControl {
  readonly #source: DataSource;
  readonly #transaction: TypeOrmTransaction<EntityManager>;
  readonly #time: QueueTime;
  readonly #capacity: number;

  constructor(source: DataSource, time: QueueTime, { capacity }: Capacity = usualCapacity) {
    this.#source = source;
    this.#transaction = new TypeOrmTransaction(source, (manager) => manager);
    this.#time = time;
    this.#capacity = capacity;
  }

  async pause(by: string, signal: AbortSignal): Promise<void> {
    const values = [by, this.#time.now()];
    await this.#transaction.run(async (manager) => ok(await manager.query(PAUSE, values)), signal);
  }

  async resume(signal: AbortSignal): Promise<void> {
    await this.#transaction.run(async (manager) => ok(await manager.query(RESUME)), signal);
  }

  async state(signal: AbortSignal): Promise<SchedulerState> {
    const [row] = await readWith(this.#source, signal, (manager) =>
      manager.query<[StateRow]>(SELECT_STATE, [this.#time.now()]),
    );
    const { paused, types, oldestWaiting } = row;
    const workers = row.workers.map(({ since, seenAt, ...worker }) => {
      return { ...worker, since: new Date(since), seenAt: new Date(seenAt) };
    });
    const pause = paused && { by: paused.by, since: new Date(paused.since) };
    return { paused: pause, workers, types, oldestWaiting, capacity: this.#capacity };
  }
}
