import { Version, type VersionSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { Versions } from '../ports/versions.ts';
import type { InMemoryVersionReader } from './in-memory-version-reader.ts';
import type { KeyedLocks } from './keyed-locks.ts';

/** The versions as one transaction sees them: what is committed, and what it has added itself. */
export class InMemoryVersions implements Versions {
  readonly #committed: InMemoryVersionReader;
  readonly #locks: KeyedLocks;
  readonly #signal: AbortSignal;
  readonly #held = new Map<DeviceId, () => void>();
  readonly #added: VersionSnapshot[] = [];

  constructor(committed: InMemoryVersionReader, locks: KeyedLocks, signal: AbortSignal) {
    this.#committed = committed;
    this.#locks = locks;
    this.#signal = signal;
  }

  async latest(deviceId: DeviceId): Promise<Version | null> {
    if (!this.#held.has(deviceId)) this.#held.set(deviceId, await this.#locks.acquire(deviceId, this.#signal));
    const [newest] = await this.#committed.page({ deviceId, before: null, limit: 1 }, this.#signal);
    const own = this.#added.findLast((version) => version.deviceId === deviceId);
    const latest = own ?? newest;
    return latest === undefined ? null : Version.restore(latest);
  }

  async add(version: Version): Promise<void> {
    const { deviceId, sequence } = version.snapshot();
    const [taken] = await this.#committed.page({ deviceId, before: sequence + 1, limit: 1 }, this.#signal);
    if (taken?.sequence === sequence) throw new Error(`Device ${deviceId} has a version ${sequence} already.`);
    this.#added.push(version.snapshot());
  }

  end({ commit }: { commit: boolean }): void {
    if (commit) this.#committed.commit(this.#added);
    for (const release of this.#held.values()) release();
  }
}
