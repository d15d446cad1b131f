import { err, ok, type Result } from '#kernel';
import type { StaleDevice, TooManyTags } from './device.errors.ts';
import type { DeviceId } from './device-id.ts';
import type { DeviceDetails, DeviceDetailsText } from './device-details.ts';
import type { HostKey, HostKeyText } from './host-key.ts';
import type { SealedCredentials } from './sealed-credentials.ts';
import { MOST_TAGS, type Tag, type TagRenaming } from './tag.ts';

/** A device as plain data. `version` is 1 when it is registered and grows by one with every change. */
export type DeviceSnapshot = DeviceDetailsText & {
  readonly id: DeviceId;
  readonly credentials: SealedCredentials;
  readonly hostKey: HostKeyText | null;
  /** Whether it is backed up. */
  readonly enabled: boolean;
  /** Each once, in alphabetical order. */
  readonly tags: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
};

/** What may be said of a device beside its details, when it is registered and later. */
type Extras = { readonly tags?: readonly Tag[]; readonly enabled?: boolean; readonly hostKey?: HostKey };

/** It is enabled, and has no tags and no host key, unless they are given. */
export type NewDevice = Extras & {
  readonly id: DeviceId;
  readonly details: DeviceDetails;
  readonly credentials: SealedCredentials;
};

/** What is to be so from now on; what is left out stays. `basedOn` is the version the change was made for. */
export type DeviceChange = Extras & {
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

  static register({ id, details, credentials, ...extras }: NewDevice, now: Date): Device {
    const plain = { hostKey: null, enabled: true, tags: [], version: 1, createdAt: now, changedAt: now };
    return new Device({ id, ...asText(details), credentials, ...plain, ...extrasAsText(extras) });
  }

  /** Rebuilds a device that has passed the rules before; for repositories and test builders only. */
  static restore(snapshot: DeviceSnapshot): Device {
    return new Device(snapshot);
  }

  /**
   * A new address or port drops the pinned host key, unless the change brings the one of the new place: whoever answers
   * there may be another device, and has to be recognised before it is sent the credentials.
   */
  change({ basedOn, details, credentials, ...extras }: DeviceChange, now: Date): Result<void, StaleDevice> {
    const current = this.#hasVersion(basedOn);
    if (!current.ok) return current;

    const { address, port } = this.#state;
    const moved = details.address.text !== address || details.port.number !== port;
    this.#become(
      {
        ...asText(details),
        ...(credentials && { credentials }),
        ...(moved && { hostKey: null }),
        ...extrasAsText(extras),
      },
      now,
    );
    return ok();
  }

  /**
   * From now on only a device that shows this key is logged in to. The caller has verified that it is the right one, at
   * the address of `basedOn`: a key verified there says nothing about who answers at another.
   */
  pinHostKey({ hostKey, basedOn = this.#state.version }: HostKeyPin, now: Date): Result<void, StaleDevice> {
    const current = this.#hasVersion(basedOn);
    if (!current.ok) return current;

    this.#become(extrasAsText({ hostKey }), now);
    return ok();
  }

  /** Backups of it are asked for from now on. */
  enable(now: Date): void {
    this.#become({ enabled: true }, now);
  }

  /** It is out of service: no backups of it are asked for until it is enabled again. */
  disable(now: Date): void {
    this.#become({ enabled: false }, now);
  }

  addTag(tag: Tag, now: Date): Result<void, TooManyTags> {
    const tags = [...new Set([...this.#state.tags, tag.text])].sort();
    if (tags.length > MOST_TAGS) return err({ kind: 'TooManyTags', most: MOST_TAGS });

    this.#become({ tags }, now);
    return ok();
  }

  removeTag({ text }: Tag, now: Date): void {
    this.#become({ tags: this.#state.tags.filter((tag) => tag !== text) }, now);
  }

  /** A device that has both tags keeps one. */
  renameTag({ from, to }: TagRenaming, now: Date): void {
    if (!this.#state.tags.includes(from.text)) return;
    const tags = this.#state.tags.map((tag) => (tag === from.text ? to.text : tag));
    this.#become({ tags: [...new Set(tags)].sort() }, now);
  }

  snapshot(): DeviceSnapshot {
    return this.#state;
  }

  #hasVersion(basedOn: number): Result<void, StaleDevice> {
    const { id, version } = this.#state;
    return version === basedOn ? ok() : err({ kind: 'StaleDevice', deviceId: id, version: basedOn });
  }

  /** What changes nothing makes no version. */
  #become(next: Partial<DeviceSnapshot>, now: Date): void {
    const state = { ...this.#state, ...next };
    if (isSame(this.#state, state)) return;
    this.#state = { ...state, version: state.version + 1, changedAt: now };
  }
}

/** Sealed credentials are never equal: the same ones that were given again count as new. */
function isSame(one: DeviceSnapshot, other: DeviceSnapshot): boolean {
  const plain = ['name', 'address', 'port', 'model', 'credentials', 'enabled'] as const;
  return (
    plain.every((part) => one[part] === other[part]) &&
    one.tags.join() === other.tags.join() &&
    one.hostKey?.algorithm === other.hostKey?.algorithm &&
    one.hostKey?.fingerprint === other.hostKey?.fingerprint
  );
}

function asText({ name, address, port, model }: DeviceDetails): DeviceDetailsText {
  return { name: name.text, address: address.text, port: port.number, model: model.text };
}

function extrasAsText({
  tags,
  enabled,
  hostKey,
}: Extras): Partial<Pick<DeviceSnapshot, 'tags' | 'enabled' | 'hostKey'>> {
  return {
    ...(tags && { tags: tags.map(({ text }) => text).sort() }),
    ...(enabled !== undefined && { enabled }),
    ...(hostKey && { hostKey: { algorithm: hostKey.algorithm, fingerprint: hostKey.fingerprint } }),
  };
}
