import { err, type Result } from '#kernel';
import type { JobId, JobRequest } from '#scheduling/contracts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import {
  retentionJob,
  sweepStoreJob,
  verifyStoreJob,
  type RetentionPayload,
  type VerifyStorePayload,
} from '../store-jobs.ts';
import type { QueueFull } from '../submit-runs.ts';

export type RequestUpkeepCommand =
  | { readonly kind: 'verify'; readonly payload: VerifyStorePayload }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'retain'; readonly payload: RetentionPayload };

/** Asks for work on the store, which a worker does: its job tells how far it is, and what came of it. */
export class RequestUpkeep {
  readonly #transaction: BackupsTransaction;

  constructor(transaction: BackupsTransaction) {
    this.#transaction = transaction;
  }

  execute(command: RequestUpkeepCommand, { signal }: { signal: AbortSignal }): Promise<Result<JobId, QueueFull>> {
    return this.#transaction.run(async ({ jobs }) => {
      const submitted = await jobs.submit(jobOf(command));
      if (submitted.ok) return submitted;
      if (submitted.error.kind === 'QueueFull') return err(submitted.error);
      throw new Error(`Work on the store was refused: ${JSON.stringify(submitted.error)}`);
    }, signal);
  }
}

function jobOf(command: RequestUpkeepCommand): JobRequest {
  switch (command.kind) {
    case 'verify':
      return verifyStoreJob(command.payload);
    case 'sweep':
      return sweepStoreJob();
    case 'retain':
      return retentionJob(command.payload);
  }
}
