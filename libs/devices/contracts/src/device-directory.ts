import type { Id, Secret } from '#kernel';
import type { DeviceSelection } from './device-selection.ts';

export type DeviceId = Id<'Device'>;

/** The public key a device has to show. `fingerprint` is OpenSSH's form, `SHA256:` and unpadded base64. */
export type HostKey = { readonly algorithm: string; readonly fingerprint: string };

export type DeviceCredentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: Secret }
  | {
      readonly kind: 'key';
      readonly username: string;
      readonly privateKey: Secret;
      readonly passphrase: Secret | null;
    };

/** All it takes to log in to a device. `hostKey` is null until someone has pinned one. */
export type DeviceAccess = {
  readonly id: DeviceId;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly model: string;
  readonly hostKey: HostKey | null;
  readonly credentials: DeviceCredentials;
};

/** What has to be so before a device is backed up. */
export type DeviceReady = {
  /** Whether it is backed up at all: people disable a device that is out of service. */
  readonly enabled: boolean;
  /** Whether anyone may log in to it at all. */
  readonly hostKeyPinned: boolean;
};

/** A device as far as it is known without its credentials. */
export type KnownDevice = DeviceReady & {
  readonly id: DeviceId;
  readonly name: string;
  readonly model: string;
  /** Lower case, each once, in alphabetical order. */
  readonly tags: readonly string[];
};

export type DeviceSelectionPage = {
  /** Only devices whose id comes after this one; null begins at the first. */
  readonly after: DeviceId | null;
  /** How many at most; at least one. */
  readonly limit: number;
};

export type SelectedDevices = {
  readonly devices: readonly KnownDevice[];
  /** What to ask for as `after` to get the next page; null when there is none. */
  readonly next: DeviceId | null;
};

/**
 * The devices, as far as the other contexts may know them.
 *
 * `known` answers those of the devices that are registered, each once and in any order, all as they were at one moment.
 * It touches no credentials and is one question, however many devices it is about: ask it to decide what is to be done.
 * `select` answers the devices of a selection by their ids, one page as it was at one moment. Between two pages devices may
 * come, go and change: one that is selected all the while is in one page, whatever its name becomes meanwhile.
 * `access` returns null for a device that is not registered (any more). It opens the sealed credentials: call it right
 * before the connection, and keep what it returns no longer than that. It throws `CredentialsUnreadable` when they do not
 * open, as after a change of the master key; they stay as they are until someone sets them again. Whether the device is
 * enabled does not matter to it.
 * All of them see what is committed, and reject with the signal's reason on abort.
 */
export abstract class DeviceDirectory {
  abstract known(ids: readonly DeviceId[], signal: AbortSignal): Promise<readonly KnownDevice[]>;
  abstract select(selection: DeviceSelection, page: DeviceSelectionPage, signal: AbortSignal): Promise<SelectedDevices>;
  abstract access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null>;
}
