import type { DevicePageRequest, DevicePlace, DeviceReader, DeviceView } from '../ports/device-reader.ts';

/** `limit` is from 1 to {@link LONGEST_DEVICE_PAGE}. Without `sort` by name, without `selection` all devices. */
export type ListDevicesQuery = Partial<DevicePageRequest> & Pick<DevicePageRequest, 'limit'>;
export type ListedDevices = {
  readonly devices: readonly DeviceView[];
  /** What to ask for as `after` to get the next page; null when there is none. */
  readonly next: DevicePlace | null;
};

export const LONGEST_DEVICE_PAGE = 200;

export class ListDevices {
  readonly #devices: DeviceReader;

  constructor(devices: DeviceReader) {
    this.#devices = devices;
  }

  async execute(
    { selection = {}, sort = { field: 'name', descending: false }, after = null, limit }: ListDevicesQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<ListedDevices> {
    if (!Number.isInteger(limit) || limit < 1 || limit > LONGEST_DEVICE_PAGE) {
      throw new RangeError(`A page has 1 to ${LONGEST_DEVICE_PAGE} devices, not ${limit}.`);
    }
    // One more than asked for tells whether there is a next page.
    const found = await this.#devices.page({ selection, sort, after, limit: limit + 1 }, signal);
    const devices = found.slice(0, limit);
    const last = devices.at(-1);
    const more = found.length > limit && last !== undefined;
    return { devices, next: more ? { value: last[sort.field], id: last.id } : null };
  }
}
