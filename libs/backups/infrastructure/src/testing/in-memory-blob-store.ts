import { isContentName, type BlobStore, type StoredBlob } from '../store/blob-store.ts';

/** Blobs in memory, which a test may damage behind the store's back. */
export class InMemoryBlobStore implements BlobStore {
  readonly blobs = new Map<string, { readonly bytes: Uint8Array; readonly storedAt: Date }>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date('2026-01-01T00:00:00.000Z')) {
    this.#now = now;
  }

  async put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.blobs.set(name, { bytes: Uint8Array.from(bytes), storedAt: this.#now() });
  }

  async get(name: string, signal: AbortSignal): Promise<Uint8Array | null> {
    signal.throwIfAborted();
    const kept = this.blobs.get(name);
    return kept === undefined ? null : Uint8Array.from(kept.bytes);
  }

  async list(prefix: string, signal: AbortSignal): Promise<readonly StoredBlob[]> {
    signal.throwIfAborted();
    return [...this.blobs]
      .filter(([name]) => isContentName(name) && name.startsWith(prefix))
      .map(([name, { bytes, storedAt }]) => ({ name, size: bytes.length, storedAt }));
  }

  async remove(name: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.blobs.delete(name);
  }
}
