import type { DeviceId, DeviceNotFound, HostKeyText } from '#devices/domain';
import { err, ok, type Result } from '#kernel';
import type { DeviceReader } from '../ports/device-reader.ts';
import type { HostKeyScanner, ScanFailed } from '../ports/host-key-scanner.ts';

export type ScanHostKeyCommand = { readonly id: DeviceId };
/** `pinned` says whether this is the key that was pinned: false when it is another one, and when none was. */
export type ScannedHostKey = HostKeyText & { readonly pinned: boolean };
export type ScanHostKeyError = DeviceNotFound | ScanFailed;

/** Shows a person which key a device has now. Changes nothing: pinning it is for them to decide. */
export class ScanHostKey {
  readonly #devices: DeviceReader;
  readonly #scanner: HostKeyScanner;

  constructor(devices: DeviceReader, scanner: HostKeyScanner) {
    this.#devices = devices;
    this.#scanner = scanner;
  }

  async execute(
    { id }: ScanHostKeyCommand,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<ScannedHostKey, ScanHostKeyError>> {
    const device = await this.#devices.find(id, signal);
    if (device === null) return err({ kind: 'DeviceNotFound', deviceId: id });

    const scanned = await this.#scanner.scan(device, signal);
    if (!scanned.ok) return scanned;

    const { algorithm, fingerprint } = scanned.value;
    return ok({ algorithm, fingerprint, pinned: device.hostKey !== null && scanned.value.equals(device.hostKey) });
  }
}
