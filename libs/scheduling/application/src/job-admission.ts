import { err, ok, type Clock, type Ids, type Result } from '#kernel';
import type { JobRefused, JobRequest } from '#scheduling/contracts';
import { parseJobTerms, QueuedJob } from '#scheduling/domain';
import type { JobTypes } from './ports/job-types.ts';

/** Makes a job out of a request, or says why not: the one place that decides what enters the queue, by whichever door. */
export class JobAdmission {
  readonly #types: JobTypes;
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor(types: JobTypes, ids: Ids, clock: Clock) {
    this.#types = types;
    this.#ids = ids;
    this.#clock = clock;
  }

  admit(request: JobRequest): Result<QueuedJob, JobRefused> {
    const known = this.#types.names();
    if (!known.includes(request.type)) return err({ kind: 'UnknownJobType', type: request.type, known });
    const now = this.#clock.now();
    const terms = parseJobTerms(request, now);
    if (!terms.ok) return terms;
    return ok(QueuedJob.submit({ id: this.#ids.next<'Job'>(), terms: terms.value, now }));
  }
}
