import { transactionContract } from '#kernel/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { InMemoryScheduleReader } from './in-memory-schedule-reader.ts';
import { InMemoryScheduleTable } from './in-memory-schedule-table.ts';
import { InMemorySchedules } from './in-memory-schedules.ts';
import { InMemorySchedulesTransaction } from './in-memory-schedules-transaction.ts';
import { scheduleReaderContract } from './schedule-reader.contract.ts';
import { schedulesContract } from './schedules.contract.ts';
import { transactionOverSchedules } from './transaction-over-schedules.ts';

class InMemorySchedulesTest extends AsyncTestBase {
  readonly #table = new InMemoryScheduleTable();
  readonly reader = new InMemoryScheduleReader(this.#table);
  readonly transaction = new InMemorySchedulesTransaction({
    table: this.#table,
    clock: this.clock,
    jobs: new InMemoryJobs('test.run'),
  });
}

const t = InMemorySchedulesTest.install();

describe('Schedules in memory', () => {
  schedulesContract.holdsFor(
    InMemorySchedules,
    t.opens(({ transaction, clock, signal }) => ({ transaction, clock, signal })),
  );
  scheduleReaderContract.holdsFor(
    InMemoryScheduleReader,
    t.opens(({ reader, transaction, signal }) => ({ reader, transaction, signal })),
  );
  transactionContract.holdsFor(InMemorySchedulesTransaction, t.opens(transactionOverSchedules));
});
