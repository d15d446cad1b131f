import { abortable } from '#kernel';
import { LeaseLost, type JobId, type Lease } from '#scheduling/contracts';
import { RunningJob, type HeldJob, type Job, type JobSnapshot } from '#scheduling/domain';

/** The jobs of one test, shared by the in-memory adapters. */
export class InMemoryJobTable {
  readonly #jobs = new Map<JobId, Job>();
  readonly #locks = new Map<JobId, Lock>();

  put(job: Job): void {
    this.#jobs.set(job.snapshot().id, job);
  }

  remove(id: JobId): void {
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

  /** The job in the hands of the lease's holder. */
  heldBy(lease: Lease): HeldJob {
    const job = this.#jobs.get(lease.jobId);
    const held = job instanceof RunningJob ? job.heldBy(lease.token) : null;
    if (held?.ok !== true) throw new LeaseLost(lease);
    return held.value;
  }

  /** Waits, as long as the signal allows, until nobody but `owner` has locked the job. */
  async untilUnlocked(id: JobId, { signal, owner }: { signal: AbortSignal; owner?: object }): Promise<void> {
    for (let lock = this.#locks.get(id); lock && lock.owner !== owner; lock = this.#locks.get(id)) {
      await abortable(lock.gone, signal);
    }
  }

  /** Locks a job that nobody else has locked, and answers how to unlock it. */
  lock(id: JobId, owner: object): () => void {
    const known = this.#locks.get(id);
    if (known !== undefined) return known.unlock;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const unlock = (): void => {
      if (this.#locks.get(id)?.gone === gone) this.#locks.delete(id);
      resolve();
    };
    this.#locks.set(id, { owner, gone, unlock });
    return unlock;
  }

  /** What becomes of all locks when the process dies whose transactions hold them. */
  unlockAll(): void {
    for (const { unlock } of [...this.#locks.values()]) unlock();
  }

  isLocked(id: JobId): boolean {
    return this.#locks.has(id);
  }
}

type Lock = { readonly owner: object; readonly gone: Promise<void>; readonly unlock: () => void };
