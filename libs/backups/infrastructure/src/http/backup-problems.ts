import type { BackupsRefused, ContentRefused, DeviceUnknown, DiffRefused, NoVersions } from '#backups/application';
import { assertNever } from '#kernel';
import type { Problem } from '#platform/http';

/** Every refusal of this context, as HTTP tells it. */
export function problemOf(
  refusal: BackupsRefused | ContentRefused | DeviceUnknown | DiffRefused | NoVersions,
): Problem {
  switch (refusal.kind) {
    case 'DeviceNotRegistered':
      return {
        status: 422,
        code: 'device-not-registered',
        detail: `No device ${refusal.deviceId} is registered. Nothing was requested.`,
        facts: { deviceId: refusal.deviceId },
      };
    case 'HostKeyNotPinned':
      return {
        status: 409,
        code: 'host-key-not-pinned',
        detail: `Pin the host key of device ${refusal.deviceId} before it is backed up. Nothing was requested.`,
        facts: { deviceId: refusal.deviceId },
      };
    case 'DeviceDisabled':
      return {
        status: 409,
        code: 'device-disabled',
        detail: `Enable device ${refusal.deviceId} before it is backed up. Nothing was requested.`,
        facts: { deviceId: refusal.deviceId },
      };
    case 'QueueFull':
      return {
        status: 503,
        code: 'queue-full',
        detail: `${refusal.capacity} jobs wait or run, and there is no room for more. Nothing was requested: try again later.`,
        facts: { capacity: refusal.capacity },
      };
    case 'DeviceNamedTwice':
      return {
        status: 422,
        code: 'device-named-twice',
        detail: `Name device ${refusal.deviceId} once. Nothing was requested.`,
        facts: { deviceId: refusal.deviceId },
      };
    case 'DeviceUnknown':
      return {
        status: 404,
        code: 'device-not-found',
        detail: `There is no device ${refusal.deviceId}.`,
        facts: { deviceId: refusal.deviceId },
      };
    case 'NoVersions':
      return {
        status: 404,
        code: 'device-not-found',
        detail: `There is no device ${refusal.deviceId}, and no version of one.`,
        facts: { deviceId: refusal.deviceId },
      };
    case 'VersionNotFound':
      return {
        status: 404,
        code: 'version-not-found',
        detail: `There is no version ${refusal.versionId}.`,
        facts: { versionId: refusal.versionId },
      };
    case 'ContentLost':
      return {
        status: 500,
        code: 'content-lost',
        detail:
          `The content of version ${refusal.versionId} is ${refusal.damage} in the store. A backup repairs it as long as the device ` +
          'still has that configuration; else bring the store back from a copy.',
        facts: { versionId: refusal.versionId, damage: refusal.damage },
      };
    case 'ViewNotAvailable':
      return {
        status: 422,
        code: 'view-not-available',
        detail: `There is no ${refusal.view} view of configurations of the model ${refusal.model}. Ask for the original.`,
        facts: { model: refusal.model, view: refusal.view },
      };
    case 'VersionsOfDifferentDevices':
      return {
        status: 422,
        code: 'versions-of-different-devices',
        detail: 'Only versions of one device can be compared.',
        facts: { versionId: refusal.versionId, against: refusal.against },
      };
    case 'DiffTooLarge':
      return {
        status: 422,
        code: 'diff-too-large',
        detail: 'The versions differ too much to be compared here. Download their contents and compare those.',
      };
    default:
      return assertNever(refusal);
  }
}
