import { err, ok, type Result } from '#kernel';
import type { VersionId, VersionSnapshot } from '#backups/domain';
import type { ConfigStore } from '../ports/config-store.ts';
import type { VersionReader } from '../ports/version-reader.ts';
import type { VersionNotFound } from './read-version.ts';

export type VersionContent = { readonly version: VersionSnapshot; readonly bytes: Uint8Array };

/** The bytes of one version exactly as they were stored, or a throw of the store: never other bytes. */
export class ReadVersionContent {
  readonly #reader: VersionReader;
  readonly #store: ConfigStore;

  constructor(reader: VersionReader, store: ConfigStore) {
    this.#reader = reader;
    this.#store = store;
  }

  async execute(
    { versionId }: { versionId: VersionId },
    { signal }: { signal: AbortSignal },
  ): Promise<Result<VersionContent, VersionNotFound>> {
    const version = await this.#reader.find(versionId, signal);
    if (version === null) return err({ kind: 'VersionNotFound', versionId });
    return ok({ version, bytes: await this.#store.get(version.contentHash, signal) });
  }
}
