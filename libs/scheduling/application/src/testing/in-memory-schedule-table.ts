import { InMemoryLocks } from '#scheduling/contracts/testing';
import type { ScheduleId, ScheduleSnapshot } from '#scheduling/domain';

/** The committed schedules of one test, shared by the in-memory adapters. */
export class InMemoryScheduleTable {
  /** What transactions have locked: schedules by their ids, and names that they want. */
  readonly locks = new InMemoryLocks();
  readonly #rows = new Map<ScheduleId, ScheduleSnapshot>();

  get(id: ScheduleId): ScheduleSnapshot | null {
    return this.#rows.get(id) ?? null;
  }

  /** By name. */
  all(): readonly ScheduleSnapshot[] {
    return [...this.#rows.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  put(id: ScheduleId, snapshot: ScheduleSnapshot | null): void {
    if (snapshot === null) this.#rows.delete(id);
    else this.#rows.set(id, snapshot);
  }
}
