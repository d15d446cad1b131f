import { ok, type Result, type Transaction } from '#kernel';
import type { JobHandler, JobId, Jobs, Lease } from '#scheduling/contracts';
import type { JobState } from '#scheduling/domain';

/** What an attempt has written, and how its job stood at the moment in which that was committed. */
export type LedgerEntry = {
  readonly jobId: JobId;
  readonly token: number;
  /** The newest token of the job at the commit. */
  readonly newest: number;
  /** The state of the job at the commit. */
  readonly state: JobState;
};

/**
 * Where attempts write what they did. It keeps everything, so that what is done twice shows. It is no port, and its `add` no
 * step of its own: behind `Jobs.hold` nobody can come in between.
 */
export type Ledger = { readonly add: (lease: Lease) => Promise<void> };

/** Stands for the transaction of a context that has jobs done. */
export abstract class LedgerTransaction implements Transaction<LedgerStores> {
  abstract run: Transaction<LedgerStores>['run'];
}

export type LedgerStores = { readonly jobs: Jobs; readonly ledger: Ledger };

/** Writes one entry, in a transaction that holds the job first: the way that `JobHandler` asks for. */
export async function writeDown(
  transaction: Transaction<LedgerStores>,
  lease: Lease,
  signal: AbortSignal,
): Promise<Result<number, never>> {
  return transaction.run(async ({ jobs, ledger }) => {
    await jobs.hold(lease);
    await ledger.add(lease);
    return ok(lease.token);
  }, signal);
}

/** Writes one entry an attempt. */
export function ledgerHandler(transaction: Transaction<LedgerStores>): JobHandler {
  return { type: 'test.run', handle: async ({ lease }, { signal }) => writeDown(transaction, lease, signal) };
}
