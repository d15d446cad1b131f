import type { Result } from '#kernel';
import type { OutboxWithin } from '#notifications/contracts';
import { InMemoryOutbox } from '#notifications/contracts/testing';
import type { JobsWithin } from '#scheduling/contracts';
import { InMemoryTransaction } from '#kernel/testing';
import type { BackupsStores, BackupsTransaction } from '../ports/backups-transaction.ts';
import { InMemoryBackupStatusReader } from './in-memory-backup-status-reader.ts';
import { InMemoryBackupStatuses } from './in-memory-backup-statuses.ts';
import { InMemoryContentFence } from './in-memory-content-fence.ts';
import { InMemoryVerifications } from './in-memory-verifications.ts';
import type { InMemoryVersionReader } from './in-memory-version-reader.ts';
import { InMemoryVersions } from './in-memory-versions.ts';
import { KeyedLocks } from './keyed-locks.ts';

type Others = { readonly statuses?: InMemoryBackupStatusReader; readonly outbox?: OutboxWithin };

export class InMemoryBackupsTransaction implements BackupsTransaction {
  readonly #committed: InMemoryVersionReader;
  readonly #jobs: JobsWithin;
  readonly #statuses: InMemoryBackupStatusReader;
  readonly #outbox: OutboxWithin;
  readonly #locks = new KeyedLocks();
  readonly #contentLocks = new KeyedLocks();

  constructor(committed: InMemoryVersionReader, jobs: JobsWithin, { statuses, outbox }: Others = {}) {
    this.#committed = committed;
    this.#jobs = jobs;
    this.#statuses = statuses ?? new InMemoryBackupStatusReader();
    this.#outbox = outbox ?? new InMemoryOutbox();
  }

  run<T, E>(work: (stores: BackupsStores) => Promise<Result<T, E>>, signal: AbortSignal): Promise<Result<T, E>> {
    return InMemoryTransaction.run(
      (transaction) => {
        const versions = new InMemoryVersions(this.#committed, this.#locks, transaction);
        const contents = new InMemoryContentFence(this.#committed, this.#contentLocks, transaction);
        const verifications = new InMemoryVerifications(this.#committed, transaction);
        const statuses = new InMemoryBackupStatuses(this.#statuses, this.#locks, transaction);
        return work({
          versions,
          contents,
          verifications,
          statuses,
          jobs: this.#jobs.join(transaction.open),
          outbox: this.#outbox.join(transaction.open),
        });
      },
      { keeps: (outcome) => outcome.ok, signal },
    );
  }
}
