import type { VersionSnapshot } from '#backups/domain';
import type { DeviceDirectory, DeviceId } from '#devices/contracts';
import { err, ok, type Result } from '#kernel';
import type { VersionReader } from '../ports/version-reader.ts';

export type ListVersionsQuery = {
  readonly deviceId: DeviceId;
  /** Goes on below this sequence number; null begins with the newest. */
  readonly before: number | null;
  /** From 1 to 200. */
  readonly limit: number;
};

export type VersionPage = { readonly versions: readonly VersionSnapshot[]; readonly next: number | null };

export type NoVersions = { readonly kind: 'NoVersions'; readonly deviceId: DeviceId };

/**
 * The versions of one device, newest first. They outlive the device: refused is only one that is not registered and has
 * none either.
 */
export class ListVersions {
  readonly #reader: VersionReader;
  readonly #devices: DeviceDirectory;

  constructor(reader: VersionReader, devices: DeviceDirectory) {
    this.#reader = reader;
    this.#devices = devices;
  }

  async execute(
    { limit, ...query }: ListVersionsQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<VersionPage, NoVersions>> {
    if (!(limit >= 1 && limit <= 200)) throw new RangeError(`A page has 1 to 200 versions, not ${limit}.`);
    const found = await this.#reader.page({ ...query, limit: limit + 1 }, signal);
    if (found.length === 0 && (await this.#isUnheardOf(query, signal)))
      return err({ kind: 'NoVersions', deviceId: query.deviceId });
    const versions = found.slice(0, limit);
    const more = found.length > limit;
    return ok({ versions, next: more ? (versions.at(-1)?.sequence ?? null) : null });
  }

  async #isUnheardOf({ deviceId, before }: Omit<ListVersionsQuery, 'limit'>, signal: AbortSignal): Promise<boolean> {
    if ((await this.#devices.known([deviceId], signal)).length > 0) return false;
    return before === null || (await this.#reader.page({ deviceId, before: null, limit: 1 }, signal)).length === 0;
  }
}
