import { err, ok, type Result } from '#kernel';
import type { InMemoryTransaction } from '#kernel/testing';
import { isSameJob } from '#scheduling/contracts/testing';
import type { JobId, QueuedJob } from '#scheduling/domain';
import type { SubmitRefused } from '../ports/job-queue.ts';
import type { InMemoryJobTable } from './in-memory-job-table.ts';

type Putting = { readonly signal: AbortSignal; readonly transaction?: InMemoryTransaction };

/** Adds a job, unless one has its key already or there is no room. */
export function putJob(
  table: InMemoryJobTable,
  job: QueuedJob,
  { signal, transaction }: Putting,
): Promise<Result<JobId, SubmitRefused>> {
  const { id, idempotencyKey: key, type, payload, submittedAt: at } = job.snapshot();
  const asker = { signal, ...(transaction && { owner: transaction }) };
  return table.keys.look(key, asker, (known): Result<JobId, SubmitRefused> => {
    transaction?.throwIfOver();
    if (known !== null) {
      return isSameJob(known, { type, payload }) ? ok(known.id) : err({ kind: 'KeyReused', key: key!, id: known.id });
    }
    if (!table.hasRoom()) return err({ kind: 'QueueFull', capacity: table.capacity });
    if (key !== null) table.keys.keep(key, { id, type, payload }, transaction);
    if (transaction === undefined) table.put(job, { kind: 'submitted', at });
    else table.putWithin(transaction, job, { kind: 'submitted', at });
    return ok(id);
  });
}
