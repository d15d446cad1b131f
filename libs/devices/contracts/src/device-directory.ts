import type { Id, Secret } from '#kernel';

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

/** A device as far as it is known without its credentials. */
export type KnownDevice = {
  readonly id: DeviceId;
  readonly name: string;
  readonly model: string;
  /** Whether anyone may log in to it at all. */
  readonly hostKeyPinned: boolean;
};

/**
 * The devices, as far as the other contexts may know them.
 *
 * `known` answers those of the devices that are registered, each once and in any order, all as they were at one moment.
 * It touches no credentials and is one question, however many devices it is about: ask it to decide what is to be done.
 * `access` returns null for a device that is not registered (any more). It opens the sealed credentials: call it right
 * before the connection, and keep what it returns no longer than that. It throws `CredentialsUnreadable` when they do not
 * open, as after a change of the master key; they stay as they are until someone sets them again.
 * Both see what is committed, and reject with the signal's reason on abort.
 */
export abstract class DeviceDirectory {
  abstract known(ids: readonly DeviceId[], signal: AbortSignal): Promise<readonly KnownDevice[]>;
  abstract access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null>;
}
