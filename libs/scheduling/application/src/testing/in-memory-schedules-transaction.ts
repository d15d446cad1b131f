import type { Clock, Result } from '#kernel';
import { InMemoryTransaction } from '#kernel/testing';
import type { JobsWithin } from '#scheduling/contracts';
import type { SchedulesStores, SchedulesTransaction } from '../schedules/ports/schedules-transaction.ts';
import type { InMemoryScheduleTable } from './in-memory-schedule-table.ts';
import { InMemorySchedules } from './in-memory-schedules.ts';

export class InMemorySchedulesTransaction implements SchedulesTransaction {
  readonly #parts: { readonly table: InMemoryScheduleTable; readonly clock: Clock; readonly jobs: JobsWithin };

  constructor(parts: { readonly table: InMemoryScheduleTable; readonly clock: Clock; readonly jobs: JobsWithin }) {
    this.#parts = parts;
  }

  async run<T, E>(
    work: (stores: SchedulesStores) => Promise<Result<T, E>>,
    signal: AbortSignal,
  ): Promise<Result<T, E>> {
    const { jobs, ...parts } = this.#parts;
    return InMemoryTransaction.run(
      (transaction) =>
        work({ schedules: new InMemorySchedules({ ...parts, transaction }), jobs: jobs.join(transaction.open) }),
      { keeps: ({ ok }) => ok, signal },
    );
  }
}
