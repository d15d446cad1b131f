import type { ContentHash, Finding, VerificationSnapshot, VersionId, VersionSnapshot } from '#backups/domain';
import type { JobId } from '#scheduling/contracts';
import type { Condemnation, FenceMark } from '../ports/content-fence.ts';
import type { VersionReader, VersionsWanted } from '../ports/version-reader.ts';

export type Fence = { readonly mark: FenceMark; readonly condemned: Condemnation | null };
export type KeptVerification = { readonly snapshot: VerificationSnapshot; readonly findings: readonly Finding[] };

/** The committed versions in memory, and what reads them. */
export class InMemoryVersionReader implements VersionReader {
  #committed: readonly VersionSnapshot[] = [];
  /** What is committed beside them, of those who look after the store. */
  readonly fences = new Map<ContentHash, Fence>();
  readonly verifications = new Map<JobId, KeptVerification>();

  get all(): readonly VersionSnapshot[] {
    return this.#committed;
  }

  /** Makes versions visible all at once, as the end of a transaction does. */
  commit(added: readonly VersionSnapshot[]): void {
    this.#committed = [...this.#committed, ...added];
  }

  remove(ids: ReadonlySet<VersionId>): void {
    this.#committed = this.#committed.filter(({ id }) => !ids.has(id));
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
