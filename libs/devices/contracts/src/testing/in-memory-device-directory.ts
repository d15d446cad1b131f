import { CredentialsUnreadable } from '../credentials-unreadable.ts';
import type {
  DeviceAccess,
  DeviceDirectory,
  DeviceId,
  DeviceSelectionPage,
  KnownDevice,
  SelectedDevices,
} from '../device-directory.ts';
import type { DeviceSelection } from '../device-selection.ts';
import { isSelected } from './is-selected.ts';

/** A device as a test registers it: enabled and without tags, unless it says otherwise. */
export type RegisteredDevice = DeviceAccess & Partial<Pick<KnownDevice, 'enabled' | 'tags'>>;

/** The registered devices, as a test arranges them. */
export class InMemoryDeviceDirectory implements DeviceDirectory {
  readonly #devices = new Map<DeviceId, Required<RegisteredDevice>>();
  readonly #unreadable = new Set<DeviceId>();

  constructor(...devices: readonly RegisteredDevice[]) {
    for (const device of devices) this.register(device);
  }

  /** Registers a device, or changes the one of that id. */
  register({ enabled = true, tags = [], ...access }: RegisteredDevice): void {
    this.#devices.set(access.id, { ...access, enabled, tags });
    this.#unreadable.delete(access.id);
  }

  /** Leaves the device as it is, with credentials that were sealed under another key. */
  spoilCredentials(id: DeviceId): void {
    this.#unreadable.add(id);
  }

  remove(id: DeviceId): void {
    this.#devices.delete(id);
  }

  async known(ids: readonly DeviceId[], signal: AbortSignal): Promise<readonly KnownDevice[]> {
    signal.throwIfAborted();
    return [...this.#devices.values()].filter(({ id }) => ids.includes(id)).map(knownOf);
  }

  async select(
    selection: DeviceSelection,
    { after, limit }: DeviceSelectionPage,
    signal: AbortSignal,
  ): Promise<SelectedDevices> {
    signal.throwIfAborted();
    const found = [...this.#devices.values()]
      .filter((device) => (after === null || device.id > after) && isSelected(device, selection))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const devices = found.slice(0, limit).map(knownOf);
    return { devices, next: found.length > limit ? (devices.at(-1)?.id ?? null) : null };
  }

  async access(id: DeviceId, signal: AbortSignal): Promise<DeviceAccess | null> {
    signal.throwIfAborted();
    if (this.#unreadable.has(id)) throw new CredentialsUnreadable(id, 'another key');
    const device = this.#devices.get(id);
    if (device === undefined) return null;
    const { enabled: _, tags: __, ...access } = device;
    return access;
  }
}

function knownOf({ id, name, model, hostKey, enabled, tags }: Required<RegisteredDevice>): KnownDevice {
  return { id, name, model, hostKeyPinned: hostKey !== null, enabled, tags };
}
