import type { VersionSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { VersionReader } from '../ports/version-reader.ts';

export type ListVersionsQuery = {
  readonly deviceId: DeviceId;
  /** Goes on below this sequence number; null begins with the newest. */
  readonly before: number | null;
  /** From 1 to 200. */
  readonly limit: number;
};

export type VersionPage = { readonly versions: readonly VersionSnapshot[]; readonly next: number | null };

/** The versions of one device, newest first. They outlive the device, so one that is not registered has a page too. */
export class ListVersions {
  readonly #reader: VersionReader;

  constructor(reader: VersionReader) {
    this.#reader = reader;
  }

  async execute({ limit, ...query }: ListVersionsQuery, { signal }: { signal: AbortSignal }): Promise<VersionPage> {
    if (!(limit >= 1 && limit <= 200)) throw new RangeError(`A page has 1 to 200 versions, not ${limit}.`);
    const found = await this.#reader.page({ ...query, limit: limit + 1 }, signal);
    const versions = found.slice(0, limit);
    const more = found.length > limit;
    return { versions, next: more ? (versions.at(-1)?.sequence ?? null) : null };
  }
}
