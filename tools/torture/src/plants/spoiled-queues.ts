import type { JobQueue } from '#scheduling/application';
import type { DataSource } from 'typeorm';
import { setTimeout as sleep } from 'node:timers/promises';
import { WORK } from '../worker/assignment.ts';

/** The queue with some of its calls replaced. */
function spoiled(queue: JobQueue, calls: Partial<JobQueue>): JobQueue {
  return new Proxy(queue, {
    get: (target, name) => {
      if (Object.hasOwn(calls, name)) return calls[name as keyof JobQueue];
      const own: unknown = Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

/** By the id alone, as queues do that keep no token. */
export function completesAnyLease(queue: JobQueue, database: DataSource): JobQueue {
  return spoiled(queue, {
    complete: async ({ jobId }, result) => {
      await database.query(
        `UPDATE jobs SET state = 'succeeded', finished_at = now(), result = $2, failure = NULL, worker = NULL,
           lease_expires_at = NULL WHERE id = $1 AND state <> 'failed'`,
        [jobId, JSON.stringify(result)],
      );
    },
  });
}

/** A sign of life changes nothing: what runs longer than the lease is taken for dead. */
export function rescuesByAge(queue: JobQueue): JobQueue {
  return spoiled(queue, { heartbeat: async () => ({ isToBeCancelled: false }) });
}

/** What is granted lasts until the next sign of life is due, and no longer. */
export function leaseOfOneHeartbeat(queue: JobQueue): JobQueue {
  return spoiled(queue, {
    claim: (claim, signal) => queue.claim({ ...claim, leaseMs: claim.leaseMs / 3 }, signal),
    heartbeat: (lease, leaseMs, signal) => queue.heartbeat(lease, leaseMs / 3, signal),
  });
}

const LOOKING_MS = 400;

/** Looks first and writes later, without looking again. */
export function reopensWhatHasEnded(queue: JobQueue, database: DataSource): JobQueue {
  return spoiled(queue, {
    sweepExpired: async (limit) => {
      const expired = await database.query<{ id: string }[]>(
        `SELECT id FROM jobs WHERE state = 'running' AND lease_expires_at <= now() LIMIT $1`,
        [limit],
      );
      await sleep(LOOKING_MS);
      for (const { id } of expired) {
        await database.query(
          `UPDATE jobs SET state = 'queued', finished_at = NULL, result = NULL, worker = NULL, lease_expires_at = NULL,
             failure = 'taken' WHERE id = $1`,
          [id],
        );
      }
      return [];
    },
  });
}

export function stopsAtUnknownType(queue: JobQueue, database: DataSource): JobQueue {
  return spoiled(queue, {
    sweepExpired: async (limit, signal) => {
      const [unknown] = await database.query<unknown[]>(
        `SELECT 1 FROM jobs WHERE state = 'running' AND lease_expires_at <= now() AND type <> $1`,
        [WORK],
      );
      if (unknown !== undefined) throw new Error('There is no handler for this type.');
      return queue.sweepExpired(limit, signal);
    },
  });
}
