import type { JobId } from '../jobs.ts';
import type { UnfinishedJobs } from '../unfinished-jobs.ts';
import type { InMemoryJobs } from './in-memory-jobs.ts';

export class InMemoryUnfinishedJobs implements UnfinishedJobs {
  readonly #jobs: InMemoryJobs;

  constructor(jobs: InMemoryJobs) {
    this.#jobs = jobs;
  }

  async among(ids: readonly JobId[], signal: AbortSignal): Promise<readonly JobId[]> {
    signal.throwIfAborted();
    return ids.filter((id) => this.#jobs.submitted.has(id) && this.#jobs.progressOf(id).state !== 'ended');
  }
}
