import { err, ok, type Result } from '#kernel';
import type { ScheduleId, ScheduleNotFound } from '#scheduling/domain';
import type { SchedulesTransaction } from '../ports/schedules-transaction.ts';

export type RemoveScheduleCommand = { readonly id: ScheduleId };
export type RemoveScheduleError = ScheduleNotFound;

/** Removes a schedule. What it has submitted already is left alone. */
export class RemoveSchedule {
  readonly #transaction: SchedulesTransaction;

  constructor(transaction: SchedulesTransaction) {
    this.#transaction = transaction;
  }

  async execute(
    { id }: RemoveScheduleCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<void, RemoveScheduleError>> {
    return this.#transaction.run(
      async ({ schedules }): Promise<Result<void, RemoveScheduleError>> =>
        (await schedules.remove(id)) ? ok() : err({ kind: 'ScheduleNotFound', scheduleId: id }),
      signal,
    );
  }
}
