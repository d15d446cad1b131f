import { err, ok, type Result } from '#kernel';
import type { JobRefused, JobRequest } from '#scheduling/contracts';
import type { JobSnapshot } from '#scheduling/domain';
import type { JobAdmission } from '../job-admission.ts';
import type { JobQueue } from '../ports/job-queue.ts';
import type { JobReader } from '../ports/job-reader.ts';

export type SubmitJobCommand = JobRequest;
export type SubmittedJob = {
  readonly job: JobSnapshot;
  /** False when the idempotency key was that of a job that is there already. */ readonly isNew: boolean;
};

/** Adds a job of a type that may be asked for from outside, or finds the one that the same request has added before. */
export class SubmitJob {
  readonly #admission: JobAdmission;
  readonly #queue: JobQueue;
  readonly #jobs: JobReader;

  constructor(admission: JobAdmission, queue: JobQueue, jobs: JobReader) {
    this.#admission = admission;
    this.#queue = queue;
    this.#jobs = jobs;
  }

  async execute(
    command: SubmitJobCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<SubmittedJob, JobRefused>> {
    const admitted = await this.#admission.examine(command, signal);
    if (!admitted.ok) return admitted;
    const submitted = await this.#queue.submit(admitted.value, signal);
    if (!submitted.ok) return submitted;
    const asked = admitted.value.snapshot();
    if (submitted.value === asked.id) return ok({ job: asked, isNew: true });
    const job = await this.#jobs.find(submitted.value, signal);
    if (job === null) return err({ kind: 'KeyReused', key: asked.idempotencyKey ?? '', id: submitted.value });
    return ok({ job, isNew: false });
  }
}
