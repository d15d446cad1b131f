import { CredentialsUnreadable } from '../credentials-unreadable.ts';
import type { DeviceAccess, DeviceDirectory, DeviceId, KnownDevice } from '../device-directory.ts';

/** The registered devices, as a test arranges them. */
export class InMemoryDeviceDirectory implements DeviceDirectory {
  readonly #devices = new Map<DeviceId, DeviceAccess>();
  readonly #unreadable = new Set<DeviceId>();

  constructor(...devices: readonly DeviceAccess[]) {
    for (const device of devices) this.register(device);
  }

  /** Registers a device, or changes the one of that id. */
  register(device: DeviceAccess): void {
    this.#devices.set(device.id, device);
    this.#unreadable.delete(device.id);
  }

  /** Leaves the device as it is, with credentials that were sealed under another key. */
  spoilCredentials(id: DeviceId): void {
    this.#unreadable.add(id);
  }

  remove(id: DeviceId): void {
    this.#devices.delete(id);
  }

  async known(ids: readonly DeviceId[], signal: AbortSignal): Promise<readonly KnownDevice[]> {
    signal.throwIfAborted();
    return [...this.#devices.values()]
      .filter(({ id }) => ids.includes(id))
      .map(({ id, name, model, hostKey }) => ({ id, name, model, hostKeyPinned: hostKey !== null }));
  }

  async access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null> {
    signal.throwIfAborted();
    if (this.#unreadable.has(id)) throw new CredentialsUnreadable(id, 'another key');
    return this.#devices.get(id) ?? null;
  }
}
