import { Version, type ContentHash, type VersionSnapshot } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import type { DeviceId } from '#devices/contracts';
import { ok, type Result } from '#kernel';
import { expectOk, SequentialIds } from '#kernel/testing';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';

/** Versions of which no two hold the same configuration. */
export class UnlikeVersions {
  readonly #ids = new SequentialIds();

  after(latest: Version | null, deviceId: DeviceId): Version {
    const id = this.#ids.next<'Version'>();
    const hash = id.replaceAll('-', '').padStart(64, '0') as ContentHash;
    return expectOk(Version.following(latest, aCollected({ deviceId, contentHash: hash, significantHash: hash }), id));
  }

  /** Adds the version after the device's latest one, in a transaction of its own. */
  record(transaction: BackupsTransaction, deviceId: DeviceId): Promise<Result<VersionSnapshot, never>> {
    return transaction.run(async ({ versions }) => {
      const version = this.after(await versions.latest(deviceId), deviceId);
      await versions.add(version);
      return ok(version.snapshot());
    }, new AbortController().signal);
  }
}
