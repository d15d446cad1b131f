import type { Result } from '#kernel';
import { InMemoryTransaction } from '#kernel/testing';
import type { InMemoryJobTable } from '#scheduling/application/testing';
import type { JobsWithin } from '#scheduling/contracts';
import type { LedgerEntry, LedgerStores, LedgerTransaction } from './ledger.ts';

/** Entries over the jobs in memory; `entries` gets them as they are kept. */
export function inMemoryLedger(
  { table, entries }: { readonly table: InMemoryJobTable; readonly entries: LedgerEntry[] },
  jobs: JobsWithin,
): LedgerTransaction {
  return {
    async run<T, E>(work: (stores: LedgerStores) => Promise<Result<T, E>>, signal: AbortSignal) {
      return InMemoryTransaction.run((transaction) => work(storesOf(transaction)), { keeps: ({ ok }) => ok, signal });
    },
  };

  function storesOf(transaction: InMemoryTransaction): LedgerStores {
    const ledger: LedgerStores['ledger'] = {
      add: ({ jobId, token }) => {
        transaction.throwIfOver();
        transaction.onEnd((outcome) => {
          const job = table.get(jobId)?.snapshot();
          if (outcome === 'kept' && job) entries.push({ jobId, token, newest: job.token, state: job.state });
        });
        return Promise.resolve();
      },
    };
    return { jobs: jobs.join(transaction.open), ledger };
  }
}
