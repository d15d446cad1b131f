import type { DeviceAccess, DeviceDirectory, DeviceId } from '#devices/contracts';

/** The registered devices, as the tests of this context arrange them. */
export class InMemoryDevices implements DeviceDirectory {
  readonly #devices: readonly DeviceAccess[];

  constructor(...devices: readonly DeviceAccess[]) {
    this.#devices = devices;
  }

  async access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null> {
    signal.throwIfAborted();
    return this.#devices.find((device) => device.id === id) ?? null;
  }
}
