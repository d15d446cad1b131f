import { err, ok, type Json, type Result } from '#kernel';
import type { OutboxWithin } from '#notifications/contracts';
import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import type {
  AfterFailure,
  AttemptFailure,
  CancelRefused,
  CancelRequest,
  ClaimedJob,
  JobClaim,
  JobQueue,
  LeaseState,
  RetryRefused,
  RetryRequest,
  SubmitRefused,
  SweptJob,
} from '#scheduling/application';
import { LeaseLost, type JobProgress, type Lease } from '#scheduling/contracts';
import { sweepReasons, type JobId, type JobState, type QueuedJob } from '#scheduling/domain';
import type { DataSource, EntityManager } from 'typeorm';
import { JobPlaces, usualCapacity, type Capacity } from './job-places.ts';
import {
  CANCEL,
  CLAIM,
  CLAIM_ONLY,
  COMPLETE,
  FAIL,
  HEARTBEAT,
  RELEASE,
  STATE,
  SWEEP,
  SWEEP_WAITING,
  TELL,
} from './job-statements.ts';
import { RETRY } from './place-statements.ts';
import type { QueueTime } from './queue-time.ts';
import { submitJob } from './submit-job.ts';

type ClaimedRow = Pick<ClaimedJob, 'id' | 'type' | 'payload' | 'attempt'> & {
  readonly timeout_ms: number;
  readonly remaining_ms: number | null;
  readonly heartbeat_timeout_ms: number | null;
  readonly token: number;
};

/** Where an outbox is given it is told of jobs that are parked. */
export type PostgresJobQueueOptions = Capacity & { readonly outbox?: OutboxWithin | null };

/** The engine on one table: each call is one statement, in a transaction of its own so that an abort can still undo it. */
export class PostgresJobQueue implements JobQueue {
  readonly #transaction: TypeOrmTransaction<EntityManager>;
  readonly #time: QueueTime;
  readonly #capacity: number;
  readonly #outbox: OutboxWithin | null;

  constructor(
    source: DataSource,
    time: QueueTime,
    { capacity, outbox = null }: PostgresJobQueueOptions = usualCapacity,
  ) {
    this.#transaction = new TypeOrmTransaction(source, (manager) => manager);
    this.#time = time;
    this.#capacity = capacity;
    this.#outbox = outbox;
  }

  async submit(job: QueuedJob, signal: AbortSignal): Promise<Result<JobId, SubmitRefused>> {
    const capacity = this.#capacity;
    return this.#transaction.run(
      (manager) => submitJob(manager, new JobPlaces(manager, { capacity }), { job, capacity }),
      signal,
    );
  }

  async claim({ types, worker, limit, leaseMs, only }: JobClaim, signal: AbortSignal): Promise<readonly ClaimedJob[]> {
    const values = [this.#time.now(), types, limit, worker, leaseMs, ...(only ? [only] : [])];
    const statement = only === undefined ? CLAIM : CLAIM_ONLY;
    const rows = await this.#alone((manager) => manager.query<ClaimedRow[]>(statement, values), signal);
    return rows.map(({ id, type, payload, attempt, token, ...row }) => ({
      ...{ id, type, payload, attempt },
      timeoutMs: row.timeout_ms,
      remainingMs: row.remaining_ms,
      heartbeatTimeoutMs: row.heartbeat_timeout_ms,
      lease: { jobId: id, token },
    }));
  }

  async heartbeat(lease: Lease, leaseMs: number, signal: AbortSignal): Promise<LeaseState> {
    const { isToBeCancelled } = await this.#asHolder({ lease, statement: HEARTBEAT, values: [leaseMs] }, signal);
    return { isToBeCancelled };
  }

  async tell(lease: Lease, progress: JobProgress, signal: AbortSignal): Promise<void> {
    await this.#asHolder({ lease, statement: TELL, values: [JSON.stringify(progress)] }, signal);
  }

  async complete(lease: Lease, result: Json, signal: AbortSignal): Promise<void> {
    await this.#asHolder({ lease, statement: COMPLETE, values: [JSON.stringify(result)] }, signal);
  }

  async fail(lease: Lease, { reason, retryInMs }: AttemptFailure, signal: AbortSignal): Promise<AfterFailure> {
    return (await this.#asHolder({ lease, statement: FAIL, values: [reason, retryInMs] }, signal)).state;
  }

  async release(lease: Lease, signal: AbortSignal): Promise<void> {
    await this.#asHolder({ lease, statement: RELEASE, values: [] }, signal);
  }

  async cancel(
    { id, by, reason }: CancelRequest,
    signal: AbortSignal,
  ): Promise<Result<'cancelled' | 'requested', CancelRefused>> {
    return this.#transaction.run<'cancelled' | 'requested', CancelRefused>(async (manager) => {
      // Again only when the job has come back to the queue between the two statements.
      for (;;) {
        const values = [id, this.#time.now(), by, reason];
        const [changed] = await manager.query<{ state: JobState }[]>(CANCEL, values);
        const state = changed?.state ?? (await stateOf(manager, id));
        if (state === null) return err({ kind: 'JobNotFound', id });
        if (state === 'running') return ok('requested');
        if (changed !== undefined) return ok('cancelled');
        if (state !== 'queued') return err({ kind: 'JobHasEnded', state });
      }
    }, signal);
  }

  async retry({ id, by, attempts }: RetryRequest, signal: AbortSignal): Promise<Result<void, RetryRefused>> {
    const capacity = this.#capacity;
    return this.#transaction.run<void, RetryRefused>(async (manager) => {
      const places = new JobPlaces(manager, { capacity });
      const again = await places.put<JobId>(RETRY, [id, this.#time.now(), attempts, by]);
      if (again === id) return ok(undefined);
      const state = await stateOf(manager, id);
      if (state === null) return err({ kind: 'JobNotFound', id });
      if (state === 'queued' || state === 'running') return err({ kind: 'JobNotEnded', state });
      if (state === 'succeeded') return err({ kind: 'JobHasEnded', state });
      return err({ kind: 'QueueFull', capacity });
    }, signal);
  }

  async sweepExpired(limit: number, signal: AbortSignal): Promise<readonly SweptJob[]> {
    const values = [this.#time.now(), limit, JSON.stringify(sweepReasons)];
    return this.#alone(async (manager) => {
      const running = await manager.query<SweptJob[]>(SWEEP, values);
      const waiting = await manager.query<SweptJob[]>(SWEEP_WAITING, values);
      const swept = [...running, ...waiting].map(({ id, type, attempt, state, cause, parked }) => {
        return { id, type, attempt, state, cause, parked };
      });
      for (const job of swept) if (job.parked) await this.#alarm(job, manager);
      return swept;
    }, signal);
  }

  /** Nobody else would hear of it: the workers that have tried are dead. */
  async #alarm({ id, type, attempt: attempts }: SweptJob, manager: EntityManager): Promise<void> {
    const outbox = this.#outbox?.join(asOpenTransaction(manager));
    await outbox?.record({ type: 'job.parked', subject: id, data: { jobId: id, type, attempts } });
  }

  async #asHolder({ lease, statement, values }: HolderWrite, signal: AbortSignal): Promise<HolderRow> {
    const all = [lease.jobId, lease.token, this.#time.now(), ...values];
    const [row] = await this.#alone((manager) => manager.query<HolderRow[]>(statement, all), signal);
    if (row === undefined) throw new LeaseLost(lease);
    return row;
  }

  async #alone<T>(work: (manager: EntityManager) => Promise<T>, signal: AbortSignal): Promise<T> {
    const result = await this.#transaction.run<T, never>(async (manager) => ok(await work(manager)), signal);
    if (!result.ok) throw result.error;
    return result.value;
  }
}

type HolderWrite = { readonly lease: Lease; readonly statement: string; readonly values: readonly unknown[] };
type HolderRow = { readonly state: AfterFailure } & LeaseState;

async function stateOf(manager: EntityManager, id: JobId): Promise<JobState | null> {
  const [row] = await manager.query<{ state: JobState }[]>(STATE, [id]);
  return row?.state ?? null;
}
