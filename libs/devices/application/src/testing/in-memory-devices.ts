import { Device, type DeviceId, type DeviceNameTaken, type DeviceSnapshot, type TagRenaming } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import type { Devices, DeviceUpdateRefused } from '../ports/devices.ts';
import type { InMemoryDeviceTable } from './in-memory-device-table.ts';

/** The devices as one transaction sees them: what is committed, under what it has written itself. */
export class InMemoryDevices implements Devices {
  readonly #table: InMemoryDeviceTable;
  readonly #signal: AbortSignal;
  readonly #written = new Map<DeviceId, DeviceSnapshot | null>();
  #unlock: (() => void) | undefined;

  constructor(table: InMemoryDeviceTable, signal: AbortSignal) {
    this.#table = table;
    this.#signal = signal;
  }

  async find(id: DeviceId): Promise<Device | null> {
    this.#signal.throwIfAborted();
    const snapshot = this.#see(id);
    return snapshot === null ? null : Device.restore(snapshot);
  }

  async named(names: readonly string[]): Promise<readonly Device[]> {
    this.#signal.throwIfAborted();
    return this.#all()
      .filter(({ name }) => names.includes(name))
      .map((snapshot) => Device.restore(snapshot));
  }

  async lock(id: DeviceId): Promise<Device | null> {
    await this.#beginWriting();
    return this.find(id);
  }

  async insert(device: Device): Promise<Result<void, DeviceNameTaken>> {
    await this.#beginWriting();
    return this.#write(device.snapshot());
  }

  async update(device: Device): Promise<Result<void, DeviceUpdateRefused>> {
    await this.#beginWriting();
    const next = device.snapshot();
    const basedOn = next.version - 1;
    if (this.#see(next.id)?.version !== basedOn) {
      return err({ kind: 'StaleDevice', deviceId: next.id, version: basedOn });
    }
    return this.#write(next);
  }

  async remove(id: DeviceId): Promise<boolean> {
    await this.#beginWriting();
    const removed = this.#see(id) !== null;
    this.#written.set(id, null);
    return removed;
  }

  async renameTag(renaming: TagRenaming, now: Date): Promise<number> {
    await this.#beginWriting();
    const tagged = this.#all().filter(({ tags }) => tags.includes(renaming.from.text));
    for (const device of tagged.map((snapshot) => Device.restore(snapshot))) {
      device.renameTag(renaming, now);
      this.#written.set(device.snapshot().id, device.snapshot());
    }
    return tagged.length;
  }

  commit(): void {
    for (const [id, snapshot] of this.#written) this.#table.put(id, snapshot);
  }

  end(): void {
    this.#unlock?.();
  }

  async #beginWriting(): Promise<void> {
    this.#signal.throwIfAborted();
    this.#unlock ??= await this.#table.lock.acquire(this.#signal);
  }

  #write(next: DeviceSnapshot): Result<void, DeviceNameTaken> {
    const owner = this.#all().find(({ name }) => name === next.name);
    if (owner !== undefined && owner.id !== next.id) return err({ kind: 'DeviceNameTaken', name: next.name });
    this.#written.set(next.id, next);
    return ok();
  }

  #all(): readonly DeviceSnapshot[] {
    const ids = new Set([...this.#table.ids(), ...this.#written.keys()]);
    return [...ids].map((id) => this.#see(id)).filter((snapshot) => snapshot !== null);
  }

  #see(id: DeviceId): DeviceSnapshot | null {
    const written = this.#written.get(id);
    return written === undefined ? this.#table.get(id) : written;
  }
}
