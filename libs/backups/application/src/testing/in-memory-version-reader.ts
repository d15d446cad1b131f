import type { VersionId, VersionSnapshot } from '#backups/domain';
import type { VersionReader, VersionsWanted } from '../ports/version-reader.ts';

/** The committed versions in memory, and what reads them. */
export class InMemoryVersionReader implements VersionReader {
  readonly #committed: VersionSnapshot[] = [];

  /** Makes versions visible all at once, as the end of a transaction does. */
  commit(added: readonly VersionSnapshot[]): void {
    this.#committed.push(...added);
  }

  async find(id: VersionId, signal: AbortSignal): Promise<VersionSnapshot | null> {
    signal.throwIfAborted();
    return this.#committed.find((version) => version.id === id) ?? null;
  }

  async page({ deviceId, before, limit }: VersionsWanted, signal: AbortSignal): Promise<readonly VersionSnapshot[]> {
    signal.throwIfAborted();
    return this.#committed
      .filter((version) => version.deviceId === deviceId && (before === null || version.sequence < before))
      .toSorted((a, b) => b.sequence - a.sequence)
      .slice(0, limit);
  }
}
