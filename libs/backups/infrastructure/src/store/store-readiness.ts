import { err, ok, type Result } from '#kernel';
import { ReadinessCheck } from '#platform/http';
import { BlobStoreFailed, type BlobStore } from './blob-store.ts';

/** The store answers. Whether it is the right one was looked at when the process started. */
export class StoreReadiness extends ReadinessCheck {
  readonly name = 'store';
  readonly #blobs: BlobStore;

  constructor(blobs: BlobStore) {
    super();
    this.#blobs = blobs;
  }

  async check(signal: AbortSignal): Promise<Result<void, string>> {
    try {
      await this.#blobs.get('key-check', signal);
      return ok();
    } catch (error) {
      if (error instanceof BlobStoreFailed) return err('The store of configurations cannot be read.');
      throw error;
    }
  }
}
