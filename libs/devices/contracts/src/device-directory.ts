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

/**
 * The devices, as far as the other contexts may know them.
 *
 * `access` returns null for a device that is not registered (any more). It opens the sealed credentials: call it right
 * before the connection, and keep what it returns no longer than that. Rejects with the signal's reason on abort.
 */
export abstract class DeviceDirectory {
  abstract access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null>;
}
