import type { InMemoryTransaction } from '#kernel/testing';
import { LeaseLost, type JobId, type Lease } from '#scheduling/contracts';
import { InMemoryKeys, InMemoryLocks } from '#scheduling/contracts/testing';
import { RunningJob, type HeldJob, type Job, type JobEvent, type JobSnapshot } from '#scheduling/domain';
import type { JobNotice } from '../ports/job-notices.ts';

type Happened = Pick<JobEvent, 'kind' | 'at'> & Partial<JobEvent>;

/** The jobs of one test, shared by the in-memory adapters. */
export class InMemoryJobTable {
  /** The rows that transactions have locked. */
  readonly locks = new InMemoryLocks();
  readonly keys = new InMemoryKeys();
  /** What has happened, in that order. */
  readonly history: JobEvent[] = [];
  /** How many jobs there may be that have not ended. */
  capacity = 100_000;
  paused: { readonly by: string; readonly since: Date } | null = null;
  readonly #jobs = new Map<JobId, Job>();
  readonly #workers = new Map<JobId, string>();
  readonly #undecided = new Map<object, number>();
  readonly #listeners = new Set<(notice: JobNotice) => void>();

  put(job: Job, happened?: Happened): void {
    const snapshot = job.snapshot();
    const { id: jobId, state, attempt } = snapshot;
    this.#jobs.set(jobId, job);
    if (snapshot.state === 'running') this.#workers.set(jobId, snapshot.worker);
    if (happened === undefined) return;
    const about = { jobId, state, attempt, worker: this.#workers.get(jobId) ?? null };
    this.history.push({ ...about, by: null, reason: null, progress: null, ...happened });
    this.#tell({ about: 'change', id: jobId });
    if (happened.kind === 'cancelRequested') this.#tell({ about: 'cancel', id: jobId });
  }

  /** With its key and its history. */
  remove(id: JobId): void {
    const key = this.#jobs.get(id)?.snapshot().idempotencyKey ?? null;
    if (key !== null) this.keys.forget(key);
    this.#jobs.delete(id);
  }

  get(id: JobId): Job | undefined {
    return this.#jobs.get(id);
  }

  all(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  snapshots(): readonly JobSnapshot[] {
    return this.all().map((job) => job.snapshot());
  }

  /** Whether another job may come; what open transactions have added counts. */
  hasRoom(): boolean {
    const notEnded = this.snapshots().filter(({ state }) => state === 'queued' || state === 'running').length;
    const undecided = [...this.#undecided.values()].reduce((sum, count) => sum + count, 0);
    return notEnded + undecided < this.capacity;
  }

  /** Keeps a place for the job until the transaction ends, and puts it there when that is kept. */
  putWithin(transaction: InMemoryTransaction, job: Job, happened: Happened): void {
    this.#undecided.set(transaction, (this.#undecided.get(transaction) ?? 0) + 1);
    transaction.onEnd((outcome) => {
      this.#undecided.delete(transaction);
      if (outcome === 'kept') this.put(job, happened);
    });
  }

  /** The job in the hands of the lease's holder. */
  heldBy(lease: Lease): HeldJob {
    const job = this.#jobs.get(lease.jobId);
    const held = job instanceof RunningJob ? job.heldBy(lease.token) : null;
    if (held?.ok !== true) throw new LeaseLost(lease);
    return held.value;
  }

  /** Hands over every notice from now on, until it is disposed. */
  listen(onNotice: (notice: JobNotice) => void): Disposable {
    this.#listeners.add(onNotice);
    return { [Symbol.dispose]: () => void this.#listeners.delete(onNotice) };
  }

  /** What becomes of open transactions when their process dies. */
  crash(): void {
    this.locks.unlockAll();
    this.keys.crash();
    this.#undecided.clear();
  }

  #tell(notice: JobNotice): void {
    for (const listener of this.#listeners) listener(notice);
  }
}
