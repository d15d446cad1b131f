import { err, ok, type Result } from '#kernel';
import type { VersionId, VersionSnapshot } from '#backups/domain';
import type { VersionReader } from '../ports/version-reader.ts';

export type VersionNotFound = { readonly kind: 'VersionNotFound'; readonly versionId: VersionId };

/** The facts of one version. */
export class ReadVersion {
  readonly #reader: VersionReader;

  constructor(reader: VersionReader) {
    this.#reader = reader;
  }

  async execute(
    { versionId }: { versionId: VersionId },
    { signal }: { signal: AbortSignal },
  ): Promise<Result<VersionSnapshot, VersionNotFound>> {
    const version = await this.#reader.find(versionId, signal);
    return version === null ? err({ kind: 'VersionNotFound', versionId }) : ok(version);
  }
}
