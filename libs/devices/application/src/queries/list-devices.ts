import type { DevicePageRequest, DeviceReader, DeviceView } from '../ports/device-reader.ts';

/** `limit` is from 1 to {@link LONGEST_DEVICE_PAGE}. */
export type ListDevicesQuery = DevicePageRequest;
export type ListedDevices = {
  readonly devices: readonly DeviceView[];
  /** What to ask for as `after` to get the next page; null when there is none. */
  readonly next: string | null;
};

export const LONGEST_DEVICE_PAGE = 200;

export class ListDevices {
  readonly #devices: DeviceReader;

  constructor(devices: DeviceReader) {
    this.#devices = devices;
  }

  async execute({ after, limit }: ListDevicesQuery, { signal }: { signal: AbortSignal }): Promise<ListedDevices> {
    if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_DEVICE_PAGE) {
      throw new RangeError(`A page has 1 to ${LONGEST_DEVICE_PAGE} devices, not ${limit}.`);
    }
    // One more than asked for tells whether there is a next page.
    const found = await this.#devices.page({ after, limit: limit + 1 }, signal);
    const devices = found.slice(0, limit);
    return { devices, next: found.length > limit ? (devices.at(-1)?.name ?? null) : null };
  }
}
