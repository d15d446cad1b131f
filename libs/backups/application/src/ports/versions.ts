import type { Version, VersionId } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';

/**
 * The versions, as a store inside a transaction of this context.
 *
 * `latest` also makes the device's history this transaction's own: another transaction that asks for the latest version of
 * the same device waits until this one has ended, and then sees what it has added. So two runs cannot both add the
 * version after the same one. `add` throws when the device has a version of that sequence number already.
 * `remove` takes versions of one device away, but never its newest, and answers how many were there.
 */
export abstract class Versions {
  abstract latest(deviceId: DeviceId): Promise<Version | null>;
  abstract add(version: Version): Promise<void>;
  abstract remove(deviceId: DeviceId, ids: readonly VersionId[]): Promise<number>;
}
