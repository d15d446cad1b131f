import { ok } from '#kernel';
import type { JobAttempt, JobHandler, Lease } from '#scheduling/contracts';
import type { DataSource } from 'typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkOrder } from '../worker/assignment.ts';

const LATE_MS = 150;

/** Writes what it has made without asking whether the job is still its own. */
export function writesWithoutHold(handler: JobHandler, database: DataSource): JobHandler {
  return {
    type: handler.type,
    handle: async ({ payload, lease }) => {
      await sleep((payload as WorkOrder).workMs);
      await writeEffect(database, lease);
      return ok(null);
    },
  };
}

/** Says that it is done, and does it afterwards. */
export function completesFirst(handler: JobHandler, database: DataSource): JobHandler {
  return {
    type: handler.type,
    handle: async ({ payload, lease }: JobAttempt) => {
      await sleep((payload as WorkOrder).workMs);
      sleep(LATE_MS)
        .then(() => writeEffect(database, lease))
        .catch(() => {});
      return ok(null);
    },
  };
}

function writeEffect(database: DataSource, { jobId, token }: Lease): Promise<unknown> {
  return database.query(
    `INSERT INTO tally_effects (job_id, token, worker) VALUES ($1, $2, current_setting('application_name'))`,
    [jobId, token],
  );
}
