import { err, type Result, type Transaction } from '#kernel';
import type { JobId, JobRefused, JobRequest, Jobs } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';

/** Asks how many there are, and then adds one: what others add in between is not seen. */
export async function countThenInsert(
  { source, capacity, unlimited }: { source: DataSource; capacity: number; unlimited: Transaction<Jobs> },
  request: JobRequest,
  signal: AbortSignal,
): Promise<Result<JobId, JobRefused>> {
  const [{ count }] = await source.query<[{ count: number }]>(
    `SELECT count(*)::int AS count FROM jobs WHERE state IN ('queued', 'running')`,
  );
  if (count >= capacity) return err({ kind: 'QueueFull', capacity });
  return unlimited.run((jobs) => jobs.submit(request), signal);
}
