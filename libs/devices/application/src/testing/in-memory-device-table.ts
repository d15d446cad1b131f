import type { DeviceId, DeviceSnapshot } from '#devices/domain';
import { WriteLock } from './write-lock.ts';

/** What is committed: the one thing that the in-memory transaction and the in-memory reader share. */
export class InMemoryDeviceTable {
  readonly lock = new WriteLock();
  readonly #rows = new Map<DeviceId, DeviceSnapshot>();

  get(id: DeviceId): DeviceSnapshot | null {
    return this.#rows.get(id) ?? null;
  }

  ids(): Iterable<DeviceId> {
    return this.#rows.keys();
  }

  all(): readonly DeviceSnapshot[] {
    return [...this.#rows.values()];
  }

  put(id: DeviceId, snapshot: DeviceSnapshot | null): void {
    if (snapshot === null) this.#rows.delete(id);
    else this.#rows.set(id, snapshot);
  }
}
