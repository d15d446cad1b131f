import { err, ok, type Result } from '#kernel';
import type { JobId, QueuedJob } from '#scheduling/domain';
import { isSameJob } from '#scheduling/contracts/testing';
import type { SubmitRefused } from '../ports/job-queue.ts';
import type { InMemoryJobTable } from './in-memory-job-table.ts';

/** What to answer when there is a job with the key of the one that is submitted; null when there is none. */
export async function jobOfKey(
  table: InMemoryJobTable,
  job: QueuedJob,
  asker: { readonly signal: AbortSignal; readonly owner?: object },
): Promise<Result<JobId, SubmitRefused> | null> {
  const { idempotencyKey: key, ...asked } = job.snapshot();
  if (key === null) return null;
  const known = await table.keys.find(key, asker);
  if (known === null) return null;
  return isSameJob(known, asked) ? ok(known.id) : err({ kind: 'KeyReused', key, id: known.id });
}
