import type { Result } from '#kernel';
import type { BackupsStores, BackupsTransaction } from '../ports/backups-transaction.ts';
import type { InMemoryJobs } from './in-memory-jobs.ts';
import type { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { InMemoryVersions } from './in-memory-versions.ts';
import { KeyedLocks } from './keyed-locks.ts';

export class InMemoryBackupsTransaction implements BackupsTransaction {
  readonly #committed: InMemoryVersionReader;
  readonly #jobs: InMemoryJobs;
  readonly #locks = new KeyedLocks();

  constructor(committed: InMemoryVersionReader, jobs: InMemoryJobs) {
    this.#committed = committed;
    this.#jobs = jobs;
  }

  async run<T, E>(work: (stores: BackupsStores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    signal.throwIfAborted();
    const versions = new InMemoryVersions(this.#committed, this.#locks, signal);
    const { jobs, commit } = this.#jobs.begin(signal);
    let kept = false;
    try {
      const outcome = await work({ versions, jobs });
      signal.throwIfAborted();
      kept = outcome.ok;
      if (kept) commit();
      return outcome;
    } finally {
      versions.end({ commit: kept });
    }
  }
}
