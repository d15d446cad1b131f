import { shardOf, type ContentHash } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { Condemnation, FenceMark } from '../ports/content-fence.ts';
import type { ContentsWanted, DevicesWanted, NamedContent, VersionInventory } from '../ports/version-inventory.ts';
import type { InMemoryVersionReader } from './in-memory-version-reader.ts';

export class InMemoryVersionInventory implements VersionInventory {
  readonly #committed: InMemoryVersionReader;

  constructor(committed: InMemoryVersionReader) {
    this.#committed = committed;
  }

  async contents({ shard, after, limit }: ContentsWanted, signal: AbortSignal): Promise<readonly NamedContent[]> {
    signal.throwIfAborted();
    return this.#contents()
      .filter(({ hash }) => shardOf(hash) === shard && (after === null || hash > after))
      .slice(0, limit);
  }

  async named(hashes: readonly ContentHash[], signal: AbortSignal): Promise<readonly NamedContent[]> {
    signal.throwIfAborted();
    return this.#contents().filter(({ hash }) => hashes.includes(hash));
  }

  async devices({ after, limit }: DevicesWanted, signal: AbortSignal): Promise<readonly DeviceId[]> {
    signal.throwIfAborted();
    return [...new Set(this.#committed.all.map(({ deviceId }) => deviceId))]
      .filter((id) => after === null || id > after)
      .toSorted()
      .slice(0, limit);
  }

  async fenceMark(hash: ContentHash, signal: AbortSignal): Promise<FenceMark> {
    signal.throwIfAborted();
    return this.#committed.fences.get(hash)?.mark ?? 0;
  }

  async condemned(signal: AbortSignal): Promise<readonly Condemnation[]> {
    signal.throwIfAborted();
    return [...this.#committed.fences.values()].flatMap(({ condemned }) => condemned ?? []);
  }

  #contents(): readonly NamedContent[] {
    const byHash = Map.groupBy(this.#committed.all, ({ contentHash }) => contentHash);
    return [...byHash]
      .map(([hash, versions]) => ({ hash, bytes: versions[0]!.bytes, versions: versions.length }))
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  }
}
