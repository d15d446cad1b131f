import type { OpenTransaction, Result } from '#kernel';
import type { JobId, JobRefused, JobRequest, Jobs, JobsWithin, Lease } from '#scheduling/contracts';
import { InMemoryTransaction } from '#kernel/testing';
import type { JobAdmission } from '../job-admission.ts';
import type { InMemoryJobTable } from './in-memory-job-table.ts';
import { putJob } from './put-job.ts';

/** The jobs inside an {@link InMemoryTransaction}. */
export class InMemoryJobs implements Jobs {
  readonly #table: InMemoryJobTable;
  readonly #admission: JobAdmission;
  readonly #transaction: InMemoryTransaction;

  constructor(table: InMemoryJobTable, admission: JobAdmission, transaction: InMemoryTransaction) {
    this.#table = table;
    this.#admission = admission;
    this.#transaction = transaction;
  }

  /** What is submitted can be seen by nobody until the transaction is kept, but its place and its key are taken. */
  async submit(request: JobRequest): Promise<Result<JobId, JobRefused>> {
    this.#transaction.throwIfOver();
    const admitted = this.#admission.admit(request);
    if (!admitted.ok) return admitted;
    const transaction = this.#transaction;
    return putJob(this.#table, admitted.value, { signal: transaction.signal, transaction });
  }

  async hold(lease: Lease): Promise<void> {
    const owner = this.#transaction;
    owner.throwIfOver();
    const { locks } = this.#table;
    // Of several that waited for the same end, one gets the job and the others wait for that one's.
    do {
      await locks.untilUnlocked(lease.jobId, { signal: owner.signal, owner });
      owner.throwIfOver();
    } while (locks.isLocked(lease.jobId, { but: owner }));
    this.#table.heldBy(lease);
    owner.onEnd(locks.lock(lease.jobId, owner));
  }
}

export class InMemoryJobsWithin implements JobsWithin {
  readonly #table: InMemoryJobTable;
  readonly #admission: JobAdmission;

  constructor(table: InMemoryJobTable, admission: JobAdmission) {
    this.#table = table;
    this.#admission = admission;
  }

  join(transaction: OpenTransaction): Jobs {
    return new InMemoryJobs(this.#table, this.#admission, InMemoryTransaction.of(transaction));
  }
}
