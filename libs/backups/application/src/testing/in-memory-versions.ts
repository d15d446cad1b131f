import { Version, type VersionId, type VersionSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { InMemoryTransaction } from '#kernel/testing';
import type { Versions } from '../ports/versions.ts';
import type { InMemoryVersionReader } from './in-memory-version-reader.ts';
import type { KeyedLocks } from './keyed-locks.ts';

/** The versions as one transaction sees them: what is committed, and what it has added itself. */
export class InMemoryVersions implements Versions {
  readonly #committed: InMemoryVersionReader;
  readonly #locks: KeyedLocks;
  readonly #transaction: InMemoryTransaction;
  readonly #held = new Set<DeviceId>();
  readonly #added: VersionSnapshot[] = [];
  readonly #removed = new Set<VersionId>();

  constructor(committed: InMemoryVersionReader, locks: KeyedLocks, transaction: InMemoryTransaction) {
    this.#committed = committed;
    this.#locks = locks;
    this.#transaction = transaction;
    transaction.onEnd((outcome) => {
      if (outcome !== 'kept') return;
      committed.commit(this.#added);
      committed.remove(this.#removed);
    });
  }

  async latest(deviceId: DeviceId): Promise<Version | null> {
    this.#transaction.throwIfOver();
    if (!this.#held.has(deviceId)) {
      this.#transaction.onEnd(await this.#locks.acquire(deviceId, this.#transaction.signal));
      this.#held.add(deviceId);
    }
    const [newest] = await this.#committed.page({ deviceId, before: null, limit: 1 }, this.#transaction.signal);
    const own = this.#added.findLast((version) => version.deviceId === deviceId);
    const latest = own ?? newest;
    return latest === undefined ? null : Version.restore(latest);
  }

  async add(version: Version): Promise<void> {
    this.#transaction.throwIfOver();
    const { deviceId, sequence } = version.snapshot();
    const before = sequence + 1;
    const [taken] = await this.#committed.page({ deviceId, before, limit: 1 }, this.#transaction.signal);
    if (taken?.sequence === sequence) throw new Error(`Device ${deviceId} has a version ${sequence} already.`);
    this.#added.push(version.snapshot());
  }

  async remove(deviceId: DeviceId, ids: readonly VersionId[]): Promise<number> {
    this.#transaction.throwIfOver();
    const [newest] = await this.#committed.page({ deviceId, before: null, limit: 1 }, this.#transaction.signal);
    const there = this.#committed.all.filter(
      (version) => version.deviceId === deviceId && ids.includes(version.id) && version.id !== newest?.id,
    );
    const gone = there.filter(({ id }) => !this.#removed.has(id));
    for (const { id } of gone) this.#removed.add(id);
    return gone.length;
  }
}
