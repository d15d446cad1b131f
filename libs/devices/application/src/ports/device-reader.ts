import type { DeviceSelection } from '#devices/contracts';
import type { DeviceId, DeviceSnapshot } from '#devices/domain';

/** A device as people may see it: everything but its credentials. */
export type DeviceView = Omit<DeviceSnapshot, 'credentials'>;

export const DEVICE_SORT_FIELDS = ['name', 'address', 'port', 'model', 'enabled', 'createdAt', 'changedAt'] as const;
export type DeviceSortField = (typeof DEVICE_SORT_FIELDS)[number];
/** Texts character by character, disabled devices before enabled ones; equal ones by their ids. */
export type DeviceSort = { readonly field: DeviceSortField; readonly descending: boolean };

/** The place of a device in a list: what it is sorted by, and its id. */
export type DevicePlace = { readonly value: string | number | boolean | Date; readonly id: DeviceId };

export type DevicePageRequest = {
  readonly selection: DeviceSelection;
  readonly sort: DeviceSort;
  /** Only devices that come after this place; null begins at the first. */
  readonly after: DevicePlace | null;
  /** How many at most. */
  readonly limit: number;
};

export type TagPageRequest = {
  /** Only tags that come after this one; null begins at the first. */
  readonly after: string | null;
  /** How many at most. */
  readonly limit: number;
};

/** A tag, and how many devices have it. */
export type TagCount = { readonly tag: string; readonly devices: number };

/**
 * The committed devices, for looking at. Sees no credentials.
 *
 * `page` may follow a device that is gone by now: no device that stays as it is is left out or shown twice. `tags` goes by
 * name, character by character. All reject with the signal's reason on abort.
 */
export abstract class DeviceReader {
  abstract find(id: DeviceId, signal: AbortSignal): Promise<DeviceView | null>;
  abstract page(request: DevicePageRequest, signal: AbortSignal): Promise<readonly DeviceView[]>;
  abstract tags(request: TagPageRequest, signal: AbortSignal): Promise<readonly TagCount[]>;
}
