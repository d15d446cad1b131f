import type { QueuedJob } from '#scheduling/domain';
import type { EntityManager } from 'typeorm';
import { INSERT } from './job-statements.ts';

export async function insertJob(manager: EntityManager, job: QueuedJob): Promise<void> {
  const { id, type, payload, submittedAt, state, attempt, token, ...terms } = job.snapshot();
  const { priority, dueAt, maxAttempts, timeoutMs } = terms;
  const values = [id, type, JSON.stringify(payload), priority, dueAt, maxAttempts, timeoutMs, submittedAt];
  await manager.query(INSERT, [...values, state, attempt, token]);
}
