import { err, ok, type Clock, type Ids, type Result } from '#kernel';
import type { JobRefused, JobRequest, JobType } from '#scheduling/contracts';
import { parseJobTerms, QueuedJob } from '#scheduling/domain';
import type { JobTypes } from './ports/job-types.ts';

/** Makes a job out of a request, or says why not: the one place that decides what enters the queue, by whichever door. */
export class JobAdmission {
  readonly #types: JobTypes;
  readonly #ids: Ids;
  readonly #clock: Clock;
  readonly #offered: ReadonlyMap<string, JobType>;

  /** `offered` are the types that know their payloads. */
  constructor(types: JobTypes, ids: Ids, clock: Clock, offered: readonly JobType[] = []) {
    this.#types = types;
    this.#ids = ids;
    this.#clock = clock;
    this.#offered = new Map(offered.map((type) => [type.name, type]));
  }

  admit(request: JobRequest): Result<QueuedJob, JobRefused> {
    return this.#admit(request, this.#types.names());
  }

  /** For those who may ask for offered types only: nobody would look at what they send for any other. */
  admitFromOutside(request: JobRequest): Result<QueuedJob, JobRefused> {
    const known = this.#types.names().filter((name) => this.#offered.has(name));
    return this.#admit(request, known);
  }

  /** As {@link admitFromOutside}, and asks the type whether there is what the payload names: not to be called in a transaction. */
  async examine(request: JobRequest, signal: AbortSignal): Promise<Result<QueuedJob, JobRefused>> {
    const admitted = this.admitFromOutside(request);
    if (!admitted.ok) return admitted;
    const { type, payload } = request;
    const problem = (await this.#offered.get(type)?.refusalOf?.(payload, signal)) ?? null;
    return problem === null ? admitted : err({ kind: 'InvalidJob', field: 'payload', problem });
  }

  #admit(request: JobRequest, known: readonly string[]): Result<QueuedJob, JobRefused> {
    const { type, payload } = request;
    if (!known.includes(type)) return err({ kind: 'UnknownJobType', type, known });
    const problem = this.#offered.get(type)?.problemWith(payload) ?? null;
    if (problem !== null) return err({ kind: 'InvalidJob', field: 'payload', problem });
    const now = this.#clock.now();
    const terms = parseJobTerms(request, now);
    if (!terms.ok) return terms;
    return ok(QueuedJob.submit({ id: this.#ids.next<'Job'>(), terms: terms.value, now }));
  }
}
