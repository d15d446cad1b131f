import type {
  AddDeviceTagError,
  ChangeDeviceError,
  FindDeviceError,
  PinHostKeyError,
  RegisterDeviceError,
  RemoveDeviceError,
  RemoveDeviceTagError,
  RenameTagError,
  ScanHostKeyError,
  SetDeviceEnabledError,
} from '#devices/application';
import { HOST_KEY_ALGORITHMS } from '#devices/domain';
import { assertNever } from '#kernel';
import type { Problem } from '#platform/http';

export type DevicesRefusal =
  | RegisterDeviceError
  | ChangeDeviceError
  | RemoveDeviceError
  | FindDeviceError
  | ScanHostKeyError
  | PinHostKeyError
  | SetDeviceEnabledError
  | AddDeviceTagError
  | RemoveDeviceTagError
  | RenameTagError;

/** Every refusal of this context, as HTTP tells it. */
export function problemOf(refusal: DevicesRefusal): Problem {
  const { kind, ...facts } = refusal;
  switch (refusal.kind) {
    case 'InvalidDeviceName': {
      const detail = 'A device is named like a host: up to 63 letters, digits, hyphens and dots.';
      return { status: 422, code: 'invalid-device-name', detail, facts };
    }
    case 'InvalidDeviceAddress': {
      const detail = 'Give an IPv4 address, an IPv6 address without a zone, or a DNS name, and nothing around it.';
      return { status: 422, code: 'invalid-device-address', detail, facts };
    }
    case 'InvalidPort':
      return { status: 422, code: 'invalid-port', detail: 'A port is a number from 1 to 65535.', facts };
    case 'UnknownModel': {
      const detail = `There is no model "${refusal.model}". Use one of: ${refusal.known.join(', ')}.`;
      return { status: 422, code: 'unknown-model', detail, facts };
    }
    case 'InvalidHostKey': {
      const known = HOST_KEY_ALGORITHMS;
      const detail =
        `Give as algorithm one of ${known.join(', ')}, as a scan or a public key file says it, ` +
        'and the fingerprint as `ssh-keygen -l` prints it: SHA256: and 43 characters.';
      return { status: 422, code: 'invalid-host-key', detail, facts: { ...facts, known } };
    }
    case 'InvalidTag': {
      const detail = 'A tag has up to 63 letters and digits, and hyphens, dots, underscores or colons between them.';
      return { status: 422, code: 'invalid-tag', detail, facts };
    }
    case 'TooManyTags': {
      const detail = `A device has at most ${refusal.most} tags. Remove one before you add another.`;
      return { status: 422, code: 'too-many-tags', detail, facts };
    }
    case 'TagNotFound':
      return { status: 404, code: 'tag-not-found', detail: `No device has the tag "${refusal.tag}".`, facts };
    case 'DeviceNotFound':
      return { status: 404, code: 'device-not-found', detail: `There is no device ${refusal.deviceId}.`, facts };
    case 'DeviceNameTaken': {
      const detail = `Another device is named "${refusal.name}". Choose another name.`;
      return { status: 409, code: 'device-name-taken', detail, facts };
    }
    case 'StaleDevice': {
      const detail = `The device has changed since version ${refusal.version}. Read it again and repeat the change.`;
      return { status: 409, code: 'stale-device', detail, facts };
    }
    case 'ScanFailed': {
      const detail = `There is no host key, because ${refusal.reason}. Check the address, the port and the device.`;
      return { status: 502, code: 'host-key-scan-failed', detail, facts };
    }
    default:
      return assertNever(refusal);
  }
}
