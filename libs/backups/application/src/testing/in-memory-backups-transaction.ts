import type { Result } from '#kernel';
import type { JobsWithin } from '#scheduling/contracts';
import { InMemoryTransaction } from '#kernel/testing';
import type { BackupsStores, BackupsTransaction } from '../ports/backups-transaction.ts';
import { InMemoryContentFence } from './in-memory-content-fence.ts';
import { InMemoryVerifications } from './in-memory-verifications.ts';
import type { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { InMemoryVersions } from './in-memory-versions.ts';
import { KeyedLocks } from './keyed-locks.ts';

export class InMemoryBackupsTransaction implements BackupsTransaction {
  readonly #committed: InMemoryVersionReader;
  readonly #jobs: JobsWithin;
  readonly #locks = new KeyedLocks();
  readonly #contentLocks = new KeyedLocks();

  constructor(committed: InMemoryVersionReader, jobs: JobsWithin) {
    this.#committed = committed;
    this.#jobs = jobs;
  }

  run<T, E>(work: (stores: BackupsStores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    return InMemoryTransaction.run(
      (transaction) => {
        const versions = new InMemoryVersions(this.#committed, this.#locks, transaction);
        const contents = new InMemoryContentFence(this.#committed, this.#contentLocks, transaction);
        const verifications = new InMemoryVerifications(this.#committed, transaction);
        return work({ versions, contents, verifications, jobs: this.#jobs.join(transaction.open) });
      },
      { keeps: (outcome) => outcome.ok, signal },
    );
  }
}
