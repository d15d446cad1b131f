import type { CollectedConfiguration, CollectionFailure, DeviceModel } from '#backups/domain';
import type { DeviceAccess, HostKey } from '#devices/contracts';
import { abortable, err, ok, type Result } from '#kernel';
import type { ConfigSource } from '../ports/config-source.ts';

/** A device as far as a collector notices it. */
export type InMemoryDevice = {
  readonly hostKey: HostKey;
  readonly password: string;
  readonly text: string;
  readonly ending?: 'whole' | 'cut' | 'silent';
};

type Collected = Result<CollectedConfiguration, CollectionFailure>;

/** Collects from devices that are plain data. Silent ones stay so until {@link giveUp}. */
export class InMemoryConfigSource implements ConfigSource {
  readonly #devices = new Map<string, InMemoryDevice>();
  #patience = Promise.withResolvers<void>();
  /** How many collections wait for a silent device. */
  waiting = 0;
  /** The addresses that were told any credentials. */
  readonly trusted: string[] = [];

  place(address: string, device: InMemoryDevice): void {
    this.#devices.set(address, device);
  }

  /** Ends the waiting for all devices that are silent now. */
  giveUp(): void {
    this.#patience.resolve();
    this.#patience = Promise.withResolvers<void>();
  }

  async collect(access: DeviceAccess, _model: DeviceModel, signal: AbortSignal): Promise<Collected> {
    signal.throwIfAborted();
    const { hostKey: pinned, address } = access;
    if (pinned === null) return err({ kind: 'HostKeyUnknown' });
    const device = this.#devices.get(address);
    if (device === undefined) return err({ kind: 'DeviceUnreachable', reason: 'there is no such device' });
    const presented = device.hostKey.fingerprint;
    if (presented !== pinned.fingerprint) return err({ kind: 'HostKeyChanged', pinned: pinned.fingerprint, presented });
    this.trusted.push(address);
    if (!isPassword(access, device.password))
      return err({ kind: 'AuthenticationFailed', username: access.credentials.username });
    return this.#read(device, signal);
  }

  async #read({ ending, text }: InMemoryDevice, signal: AbortSignal): Promise<Collected> {
    if (ending === 'cut') return err({ kind: 'ConfigurationIncomplete', reason: 'the connection was lost' });
    if (ending !== 'silent') return ok({ text });
    this.waiting += 1;
    await abortable(this.#patience.promise, signal).finally(() => (this.waiting -= 1));
    return err({ kind: 'DeviceStalled', waitingFor: 'the configuration' });
  }
}

function isPassword({ credentials }: DeviceAccess, password: string): boolean {
  return credentials.kind === 'password' && credentials.password.reveal() === password;
}
