import type { DeviceSelection } from '#devices/contracts';
import { err, type Result } from '#kernel';
import type { JobId } from '#scheduling/contracts';
import { batchJob } from '../backup-job.ts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import type { QueueFull } from '../submit-runs.ts';

/** Asks for backups of all devices that are selected when the batch begins. Whether there are any is told by its job. */
export class RequestBatch {
  readonly #transaction: BackupsTransaction;

  constructor(transaction: BackupsTransaction) {
    this.#transaction = transaction;
  }

  execute(
    { selection }: { readonly selection: DeviceSelection },
    { signal }: { signal: AbortSignal },
  ): Promise<Result<JobId, QueueFull>> {
    return this.#transaction.run(async ({ jobs }) => {
      const submitted = await jobs.submit(batchJob(selection));
      if (submitted.ok) return submitted;
      if (submitted.error.kind === 'QueueFull') return err(submitted.error);
      throw new Error(`A batch was refused: ${JSON.stringify(submitted.error)}`);
    }, signal);
  }
}
