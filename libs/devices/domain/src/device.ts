import { err, ok, type Result } from '#kernel';
import type { StaleDevice } from './device.errors.ts';
import type { DeviceId } from './device-id.ts';
import type { DeviceDetails, DeviceDetailsText } from './device-details.ts';
import type { HostKey, HostKeyText } from './host-key.ts';
import type { SealedCredentials } from './sealed-credentials.ts';

/** A device as plain data. `version` is 1 when it is registered and grows by one with every change. */
export type DeviceSnapshot = DeviceDetailsText & {
  readonly id: DeviceId;
  readonly credentials: SealedCredentials;
  readonly hostKey: HostKeyText | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

export type NewDevice = {
  readonly id: DeviceId;
  readonly details: DeviceDetails;
  readonly credentials: SealedCredentials;
};

/** What is to be so from now on; without `credentials` the old ones stay. `basedOn` is the version the change was made for. */
export type DeviceChange = {
  readonly basedOn: number;
  readonly details: DeviceDetails;
  readonly credentials?: SealedCredentials;
};

/** `basedOn` is the version of the device whose key was verified; without it, the key is pinned whatever has changed since. */
export type HostKeyPin = { readonly hostKey: HostKey; readonly basedOn?: number };

/** A device whose configuration is collected. Nobody logs in to it before someone has pinned its host key. */
export class Device {
  #state: DeviceSnapshot;

  private constructor(state: DeviceSnapshot) {
    this.#state = state;
  }

  static register({ id, details, credentials }: NewDevice, now: Date): Device {
    return new Device({
      id,
      ...asText(details),
      credentials,
      hostKey: null,
      version: 1,
      createdAt: now,
      changedAt: now,
    });
  }

  /** Rebuilds a device that has passed the rules before; for repositories and test builders only. */
  static restore(snapshot: DeviceSnapshot): Device {
    return new Device(snapshot);
  }

  /**
   * A new address or port drops the pinned host key: whoever answers there may be another device, and has to be
   * recognised before it is sent the credentials. What changes nothing makes no version.
   */
  change(
    { basedOn, details, credentials = this.#state.credentials }: DeviceChange,
    now: Date,
  ): Result<void, StaleDevice> {
    const current = this.#hasVersion(basedOn);
    if (!current.ok) return current;

    const { address, port, hostKey } = this.#state;
    const next = { ...asText(details), credentials };
    if (isSame(this.#state, next)) return ok();

    const moved = details.address.text !== address || details.port.number !== port;
    this.#become({ ...next, hostKey: moved ? null : hostKey }, now);
    return ok();
  }

  /**
   * From now on only a device that shows this key is logged in to. The caller has verified that it is the right one, at
   * the address of `basedOn`: a key verified there says nothing about who answers at another.
   */
  pinHostKey({ hostKey, basedOn = this.#state.version }: HostKeyPin, now: Date): Result<void, StaleDevice> {
    const current = this.#hasVersion(basedOn);
    if (!current.ok) return current;

    const { algorithm, fingerprint } = hostKey;
    this.#become({ hostKey: { algorithm, fingerprint } }, now);
    return ok();
  }

  snapshot(): DeviceSnapshot {
    return this.#state;
  }

  #hasVersion(basedOn: number): Result<void, StaleDevice> {
    const { id, version } = this.#state;
    return version === basedOn ? ok() : err({ kind: 'StaleDevice', deviceId: id, version: basedOn });
  }

  #become(next: Partial<DeviceSnapshot>, now: Date): void {
    this.#state = { ...this.#state, ...next, version: this.#state.version + 1, changedAt: now };
  }
}

type Changeable = DeviceDetailsText & Pick<DeviceSnapshot, 'credentials'>;

/** Sealed credentials are never equal: the same ones that were given again count as new. */
function isSame(one: Changeable, other: Changeable): boolean {
  return (['name', 'address', 'port', 'model', 'credentials'] as const).every((part) => one[part] === other[part]);
}

function asText({ name, address, port, model }: DeviceDetails): DeviceDetailsText {
  return { name: name.text, address: address.text, port: port.number, model: model.text };
}
