import { ok } from '#kernel';
import type { TransactionSubject } from '#kernel/testing';
import { sequentialId } from '#kernel/testing';
import type { ScheduleReader } from '../schedules/ports/schedule-reader.ts';
import type { SchedulesStores, SchedulesTransaction } from '../schedules/ports/schedules-transaction.ts';
import { aSchedule } from './a-schedule.ts';

/** The transaction of schedules as the suite of all transactions wants it: a fact is the name of a schedule. */
export function transactionOverSchedules({
  transaction,
  reader,
  signal,
}: {
  readonly transaction: SchedulesTransaction;
  readonly reader: ScheduleReader;
  readonly signal: AbortSignal;
}): TransactionSubject<SchedulesStores> {
  let position = 0;
  return {
    transaction,
    write: async ({ schedules }, name) => {
      position += 1;
      return ok(await schedules.insert(aSchedule({ id: sequentialId(position), name })));
    },
    committed: async () => (await reader.page({ limit: 100 }, signal)).map(({ name }) => name),
  };
}
