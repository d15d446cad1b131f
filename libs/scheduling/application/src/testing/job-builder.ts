import { SequentialIds } from '#kernel/testing';
import { parseJobTerms, QueuedJob, type ProposedJob } from '#scheduling/domain';

/** Makes jobs that are valid and boring but for what the test is about; their ids ascend in the order they are made. */
export class JobBuilder {
  readonly #ids: SequentialIds;
  readonly #now: Date;

  constructor(now: Date, ids = new SequentialIds()) {
    this.#now = now;
    this.#ids = ids;
  }

  queued(proposed: Partial<ProposedJob> = {}): QueuedJob {
    const terms = parseJobTerms({ type: 'test.run', payload: { n: 1 }, ...proposed }, this.#now);
    if (!terms.ok) throw new Error(`${terms.error.field} ${terms.error.problem}`);
    return QueuedJob.submit({ id: this.#ids.next(), terms: terms.value, now: this.#now });
  }
}
