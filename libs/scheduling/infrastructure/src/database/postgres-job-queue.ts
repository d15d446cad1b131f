import { ok, type Json } from '#kernel';
import { TypeOrmTransaction } from '#platform/database';
import type { AttemptFailure, ClaimedJob, JobClaim, JobQueue, SweptJob } from '#scheduling/application';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import { WORKER_VANISHED, type QueuedJob } from '#scheduling/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { insertJob } from './insert-job.ts';
import { CLAIM, COMPLETE, FAIL, HEARTBEAT, RELEASE, SWEEP } from './job-statements.ts';
import type { QueueTime } from './queue-time.ts';

type ClaimedRow = Pick<ClaimedJob, 'id' | 'type' | 'payload' | 'attempt'> & {
  readonly timeout_ms: number;
  readonly token: number;
};

/** The engine on one table: each call is one statement, in a transaction of its own so that an abort can still undo it. */
export class PostgresJobQueue implements JobQueue {
  readonly #transaction: TypeOrmTransaction<EntityManager>;
  readonly #time: QueueTime;

  constructor(source: DataSource, time: QueueTime) {
    this.#transaction = new TypeOrmTransaction(source, (manager) => manager);
    this.#time = time;
  }

  async submit(job: QueuedJob, signal: AbortSignal): Promise<void> {
    await this.#alone((manager) => insertJob(manager, job), signal);
  }

  async claim({ types, worker, limit, leaseMs }: JobClaim, signal: AbortSignal): Promise<readonly ClaimedJob[]> {
    const values = [this.#time.now(), types, limit, worker, leaseMs];
    const rows = await this.#alone((manager) => manager.query<ClaimedRow[]>(CLAIM, values), signal);
    return rows.map(({ timeout_ms: timeoutMs, token, ...job }) => ({
      ...job,
      timeoutMs,
      lease: { jobId: job.id, token },
    }));
  }

  async heartbeat(lease: Lease, leaseMs: number, signal: AbortSignal): Promise<void> {
    await this.#asHolder({ lease, statement: HEARTBEAT, values: [this.#time.now(), leaseMs] }, signal);
  }

  async complete(lease: Lease, result: Json, signal: AbortSignal): Promise<void> {
    const values = [this.#time.now(), JSON.stringify(result)];
    await this.#asHolder({ lease, statement: COMPLETE, values }, signal);
  }

  async fail(lease: Lease, failure: AttemptFailure, signal: AbortSignal): Promise<'queued' | 'failed'> {
    const values = [this.#time.now(), failure.reason, failure.retryInMs];
    return this.#asHolder({ lease, statement: FAIL, values }, signal);
  }

  async release(lease: Lease, signal: AbortSignal): Promise<void> {
    await this.#asHolder({ lease, statement: RELEASE, values: [] }, signal);
  }

  async sweepExpired(limit: number, signal: AbortSignal): Promise<readonly SweptJob[]> {
    const values = [this.#time.now(), limit, WORKER_VANISHED];
    const [rows] = await this.#alone((manager) => manager.query<Updated<SweptJob>>(SWEEP, values), signal);
    return rows;
  }

  async #asHolder(write: HolderWrite, signal: AbortSignal): Promise<'queued' | 'failed'> {
    const { lease, statement, values } = write;
    const [[row]] = await this.#alone(
      (manager) =>
        manager.query<Updated<{ state: 'queued' | 'failed' }>>(statement, [lease.jobId, lease.token, ...values]),
      signal,
    );
    if (row === undefined) throw new LeaseLost(lease);
    return row.state;
  }

  async #alone<T>(work: (manager: EntityManager) => Promise<T>, signal: AbortSignal): Promise<T> {
    const result = await this.#transaction.run<T, never>(async (manager) => ok(await work(manager)), signal);
    if (!result.ok) throw result.error;
    return result.value;
  }
}

type HolderWrite = { readonly lease: Lease; readonly statement: string; readonly values: readonly unknown[] };

/** TypeORM answers an UPDATE with its rows and their number. */
type Updated<Row> = [rows: Row[], count: number];
