import type { DeviceId, DeviceNotFound } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import type { DeviceReader, DeviceView } from '../ports/device-reader.ts';

export type FindDeviceQuery = { readonly id: DeviceId };
export type FindDeviceError = DeviceNotFound;

export class FindDevice {
  readonly #devices: DeviceReader;

  constructor(devices: DeviceReader) {
    this.#devices = devices;
  }

  async execute(
    { id }: FindDeviceQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<DeviceView, FindDeviceError>> {
    const device = await this.#devices.find(id, signal);
    return device === null ? err({ kind: 'DeviceNotFound', deviceId: id }) : ok(device);
  }
}
