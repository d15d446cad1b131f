import { InMemoryTransaction } from '#kernel/testing';
import { err, ok, type OpenTransaction, type Result } from '#kernel';
import { SequentialIds } from '#kernel/testing';
import {
  LeaseLost,
  type JobId,
  type JobRefused,
  type JobRequest,
  type Jobs,
  type JobsWithin,
  type Lease,
} from '../jobs.ts';
import { InMemoryKeys, isSameJob } from './in-memory-keys.ts';
import { InMemoryLocks } from './in-memory-locks.ts';

/** A request with its usual values. Due at once where no time is given. */
export type SubmittedJob = JobRequest & Required<Pick<JobRequest, 'priority' | 'maxAttempts' | 'timeoutMs'>>;

type Progress = { readonly token: number; readonly state: 'waiting' | 'running' | 'ended' };

const USUAL = { priority: 5, maxAttempts: 3, timeoutMs: 600_000 };
const RANGES = {
  priority: [0, 9],
  maxAttempts: [1, 20],
  timeoutMs: [1_000, 86_400_000],
  queueTimeoutMs: [1_000, 604_800_000],
  deadlineMs: [1_000, 604_800_000],
  heartbeatTimeoutMs: [1_000, 86_400_000],
} as const;

/**
 * The jobs as other contexts meet them: requests that are kept or undone, and leases that another claim takes away.
 * No worker takes a job by itself: a test says who does what, when.
 */
export class InMemoryJobs implements JobsWithin {
  /** What was submitted and kept, in that order. */
  readonly submitted = new Map<JobId, SubmittedJob>();
  /** How many jobs there may be that have not ended. */
  capacity = 100_000;
  readonly #types: readonly string[];
  readonly #ids = new SequentialIds();
  readonly #progress = new Map<JobId, Progress>();
  readonly #held = new InMemoryLocks();
  readonly #keys = new InMemoryKeys();
  #adding = 0;

  /** `types` are those that there is a handler for. */
  constructor(...types: readonly string[]) {
    this.#types = types;
  }

  join(open: OpenTransaction): Jobs {
    const transaction = InMemoryTransaction.of(open);
    return {
      submit: async (request) => {
        transaction.throwIfOver();
        return this.#submit(request, transaction);
      },
      hold: async (lease) => {
        transaction.throwIfOver();
        await this.#hold(lease, transaction);
      },
    };
  }

  /** Gives a job to a worker, whichever job it is: the lease of the claim before is lost. */
  claim(jobId: JobId): Lease {
    const token = this.progressOf(jobId).token + 1;
    this.#progress.set(jobId, { token, state: 'running' });
    return { jobId, token };
  }

  end(jobId: JobId): void {
    this.#progress.set(jobId, { ...this.progressOf(jobId), state: 'ended' });
  }

  /** What happens when a lease runs out. A job that a transaction holds is passed over: the answer is then false. */
  takeBack(jobId: JobId): boolean {
    if (this.#held.isLocked(jobId)) return false;
    this.#progress.set(jobId, { ...this.progressOf(jobId), state: 'waiting' });
    return true;
  }

  progressOf(jobId: JobId): Progress {
    return this.#progress.get(jobId) ?? { token: 0, state: 'waiting' };
  }

  async #submit(request: JobRequest, transaction: InMemoryTransaction): Promise<Result<JobId, JobRefused>> {
    const { type, idempotencyKey: key } = request;
    if (!this.#types.includes(type)) return err({ kind: 'UnknownJobType', type, known: this.#types });
    const job = { ...USUAL, ...request };
    const refused = outOfRange(job);
    if (refused !== null) return err(refused);
    const asker = { signal: transaction.signal, owner: transaction };
    return this.#keys.look(key ?? null, asker, (known): Result<JobId, JobRefused> => {
      transaction.throwIfOver();
      if (known !== null)
        return isSameJob(known, job) ? ok(known.id) : err({ kind: 'KeyReused', key: key!, id: known.id });
      if (this.#notEnded() + this.#adding >= this.capacity) return err({ kind: 'QueueFull', capacity: this.capacity });
      const id = this.#ids.next<'Job'>();
      if (key !== undefined) this.#keys.keep(key, { id, ...job }, transaction);
      this.#adding += 1;
      transaction.onEnd((outcome) => {
        this.#adding -= 1;
        if (outcome === 'kept') this.submitted.set(id, job);
      });
      return ok(id);
    });
  }

  async #hold({ jobId, ...lease }: Lease, owner: InMemoryTransaction): Promise<void> {
    // Of several that waited for the same end, one gets the job and the others wait for that one's.
    do {
      await this.#held.untilUnlocked(jobId, { signal: owner.signal, owner });
      owner.throwIfOver();
    } while (this.#held.isLocked(jobId, { but: owner }));
    const { token, state } = this.progressOf(jobId);
    if (state !== 'running' || token !== lease.token) throw new LeaseLost({ jobId, ...lease });
    owner.onEnd(this.#held.lock(jobId, owner));
  }

  #notEnded(): number {
    return [...this.submitted.keys()].filter((id) => this.progressOf(id).state !== 'ended').length;
  }
}

function outOfRange(job: SubmittedJob): JobRefused | null {
  for (const [field, [from, to]] of Object.entries(RANGES)) {
    const value = job[field as keyof typeof RANGES];
    if (value === undefined || (Number.isInteger(value) && value >= from && value <= to)) continue;
    return { kind: 'InvalidJob', field, problem: `must be a whole number from ${from} to ${to}` };
  }
  const { idempotencyKey: key, dueAt } = job;
  if (key !== undefined && !/^[!-~]{1,200}$/.test(key)) {
    return { kind: 'InvalidJob', field: 'idempotencyKey', problem: 'must have 1 to 200 visible ASCII characters' };
  }
  if (dueAt === undefined || hasFourDigitYear(dueAt)) return null;
  return { kind: 'InvalidJob', field: 'dueAt', problem: 'must be a time in the years 1970 to 9999' };
}

function hasFourDigitYear(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1970 && year <= 9999;
}
