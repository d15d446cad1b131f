import { asOpenTransaction, TypeOrmTransaction } from '#platform/database';
import type { JobNotices, SchedulesTransaction } from '#scheduling/application';
import type { Jobs, JobsWithin } from '#scheduling/contracts';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';

/** Nothing is ever heard: only who looks by itself learns of a cancellation. */
export const deafNotices: JobNotices = {
  listen: async (_onNotice, stop) => {
    if (!stop.aborted) await once(stop, 'abort');
  },
};

const BETWEEN_MS = 40;

/** The job of a tick in a transaction of its own and without a key, before the schedule is moved on in another one. */
export function submitsBeside(
  transaction: SchedulesTransaction,
  within: JobsWithin,
  database: DataSource,
): SchedulesTransaction {
  const own = new TypeOrmTransaction(database, (manager: EntityManager) => within.join(asOpenTransaction(manager)));
  return {
    run: (work, signal) =>
      transaction.run((stores) => {
        const submit: Jobs['submit'] = async ({ idempotencyKey: _key, ...request }) => {
          const submitted = await own.run((jobs) => jobs.submit(request), signal);
          await sleep(BETWEEN_MS);
          return submitted;
        };
        return work({ schedules: stores.schedules, jobs: { hold: (lease) => stores.jobs.hold(lease), submit } });
      }, signal),
  };
}
