import { err, ok, type Clock, type Result } from '#kernel';
import type { InMemoryTransaction } from '#kernel/testing';
import { Schedule, type ScheduleId, type ScheduleNameTaken, type ScheduleSnapshot } from '#scheduling/domain';
import type { Schedules } from '../schedules/ports/schedules.ts';
import type { InMemoryScheduleTable } from './in-memory-schedule-table.ts';

export type InMemorySchedulesParts = {
  readonly table: InMemoryScheduleTable;
  readonly clock: Clock;
  readonly transaction: InMemoryTransaction;
};

/** The schedules as one transaction sees them: what is committed, under what it has written itself. */
export class InMemorySchedules implements Schedules {
  readonly #table: InMemoryScheduleTable;
  readonly #clock: Clock;
  readonly #transaction: InMemoryTransaction;
  readonly #written = new Map<ScheduleId, ScheduleSnapshot | null>();
  readonly #found = new Set<ScheduleId>();
  readonly #locked = new Set<string>();

  constructor({ table, clock, transaction }: InMemorySchedulesParts) {
    this.#table = table;
    this.#clock = clock;
    this.#transaction = transaction;
    transaction.onEnd((outcome) => {
      if (outcome === 'kept') for (const [id, snapshot] of this.#written) table.put(id, snapshot);
    });
  }

  async now(): Promise<Date> {
    this.#transaction.throwIfOver();
    return this.#clock.now();
  }

  async find(id: ScheduleId): Promise<Schedule | null> {
    await this.#lock(id);
    const snapshot = this.#see(id);
    if (snapshot === null) return null;
    this.#found.add(id);
    return Schedule.restore(snapshot);
  }

  async nextDue(): Promise<Schedule | null> {
    this.#transaction.throwIfOver();
    const now = this.#clock.now();
    const lookAt = ({ refusal, nextTick }: ScheduleSnapshot): number =>
      (refusal?.retryAt ?? nextTick)?.getTime() ?? Infinity;
    const due = this.#table
      .all()
      .filter((schedule) => lookAt(schedule) <= now.getTime() && this.#mayHave(schedule.id))
      .sort((one, other) => lookAt(one) - lookAt(other) || (one.id < other.id ? -1 : 1));
    if (due[0] === undefined) return null;
    // At once: nobody may come in between.
    if (!this.#locked.has(due[0].id)) this.#take(due[0].id);
    return this.find(due[0].id);
  }

  async insert(schedule: Schedule): Promise<Result<void, ScheduleNameTaken>> {
    return this.#write(schedule);
  }

  async update(schedule: Schedule): Promise<Result<void, ScheduleNameTaken>> {
    const { id } = schedule.snapshot();
    if (!this.#found.has(id)) throw new Error(`The schedule ${id} is not one that this transaction has found.`);
    return this.#write(schedule);
  }

  async remove(id: ScheduleId): Promise<boolean> {
    await this.#lock(id);
    const removed = this.#see(id) !== null;
    if (removed) this.#written.set(id, null);
    return removed;
  }

  async #write(schedule: Schedule): Promise<Result<void, ScheduleNameTaken>> {
    const snapshot = schedule.snapshot();
    const { id, name } = snapshot;
    if (this.#see(id)?.name !== name) {
      const before = this.#see(id)?.name;
      if (before !== undefined) await this.#lock(`name ${before}`);
      await this.#lock(`name ${name}`);
    }
    const ids = new Set([...this.#table.all().map((one) => one.id), ...this.#written.keys()]);
    const owner = [...ids].find((one) => this.#see(one)?.name === name);
    if (owner !== undefined && owner !== id) return err({ kind: 'ScheduleNameTaken', name });
    this.#written.set(id, snapshot);
    return ok();
  }

  #see(id: ScheduleId): ScheduleSnapshot | null {
    const written = this.#written.get(id);
    return written === undefined ? this.#table.get(id) : written;
  }

  async #lock(name: string): Promise<void> {
    const { locks } = this.#table;
    const owner = this.#transaction;
    owner.throwIfOver();
    if (this.#locked.has(name)) return;
    // Of several that waited for the same end, one gets the lock and the others wait for that one's.
    do {
      await locks.untilUnlocked(name, { signal: owner.signal, owner });
      owner.throwIfOver();
    } while (locks.isLocked(name));
    this.#take(name);
  }

  #mayHave(id: ScheduleId): boolean {
    return this.#locked.has(id) || !this.#table.locks.isLocked(id);
  }

  #take(name: string): void {
    this.#locked.add(name);
    this.#transaction.onEnd(this.#table.locks.lock(name, this.#transaction));
  }
}
