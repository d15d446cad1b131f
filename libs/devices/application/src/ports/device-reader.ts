import type { DeviceId, DeviceSnapshot } from '#devices/domain';

/** A device as people may see it: everything but its credentials. */
export type DeviceView = Omit<DeviceSnapshot, 'credentials'>;

export type DevicePageRequest = {
  /** Only devices whose name comes after this one; null begins at the first. */
  readonly after: string | null;
  /** How many at most. */
  readonly limit: number;
};

/**
 * The committed devices, for looking at. Sees no credentials.
 *
 * `page` goes by name, character by character, and may follow a device that is gone by now: no device that stays is
 * left out or shown twice. Both reject with the signal's reason on abort.
 */
export abstract class DeviceReader {
  abstract find(id: DeviceId, signal: AbortSignal): Promise<DeviceView | null>;
  abstract page(request: DevicePageRequest, signal: AbortSignal): Promise<readonly DeviceView[]>;
}
