import { err, ok, type Json, type Result } from '#kernel';
import type { SubmitRefused } from '#scheduling/application';
import type { JobId, QueuedJob } from '#scheduling/domain';
import type { EntityManager } from 'typeorm';
import { isDeepStrictEqual } from 'node:util';
import type { JobPlaces } from './job-places.ts';
import { OF_KEY, SUBMIT } from './place-statements.ts';

type OfKey = { readonly id: JobId; readonly type: string; readonly payload: Json };

/** Adds a job, or finds the one that has its key: whoever comes second waits until it is known what became of the first. */
export async function submitJob(
  manager: EntityManager,
  places: JobPlaces,
  { job, capacity }: { readonly job: QueuedJob; readonly capacity: number },
): Promise<Result<JobId, SubmitRefused>> {
  const { idempotencyKey: key, type, payload: given, ...rest } = job.snapshot();
  const payload = JSON.stringify(given);
  const { id, priority, dueAt, maxAttempts, timeoutMs, submittedAt } = rest;
  const { queueTimeoutMs, deadlineMs, heartbeatTimeoutMs, startBy, endBy } = rest;
  const terms = [id, type, payload, priority, dueAt, maxAttempts, timeoutMs, submittedAt];
  const limits = [key, queueTimeoutMs, deadlineMs, heartbeatTimeoutMs, startBy, endBy];
  // Again only when the job with the key was removed between the two statements.
  for (;;) {
    const added = await places.put<JobId>(SUBMIT, [...terms, ...limits]);
    if (added !== 'full' && added !== null) return ok(added);
    const known = key === null ? null : await jobOf(manager, key);
    if (known !== null) {
      const isSame = known.type === type && isDeepStrictEqual(known.payload, JSON.parse(payload));
      return isSame ? ok(known.id) : err({ kind: 'KeyReused', key: key!, id: known.id });
    }
    if (added === 'full') return err({ kind: 'QueueFull', capacity });
  }
}

async function jobOf(manager: EntityManager, key: string): Promise<OfKey | null> {
  const [known] = await manager.query<OfKey[]>(OF_KEY, [key]);
  return known ?? null;
}
