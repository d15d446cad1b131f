import { err, ok, type Result } from '#kernel';
import type { StartCheck } from '#platform/system';
import { BlobStoreFailed, type BlobStore } from './blob-store.ts';

/** Beside the contents. */
const NAME = 'key-check';

type Parts = {
  /** Of the master key. */
  readonly keyId: string;
  /** Where the store is, for people. */
  readonly place: string;
  /** Takes the present master key for the right one from now on. */
  readonly masterKeyLost: boolean;
};

/**
 * Whether the contents in the store are sealed under this master key: a mistaken one would seal new contents so that nobody who
 * has the right one can read them, and find all old ones damaged. The first to start notes the id of its key in the store.
 */
export class StoreKeyCheck implements StartCheck {
  readonly #blobs: BlobStore;
  readonly #parts: Parts;

  constructor(blobs: BlobStore, parts: Parts) {
    this.#blobs = blobs;
    this.#parts = parts;
  }

  async check(signal: AbortSignal): Promise<Result<void, string>> {
    try {
      const noted = await this.#noted(signal);
      if (noted === null || (noted !== this.#parts.keyId && this.#parts.masterKeyLost)) {
        await this.#blobs.put(NAME, new TextEncoder().encode(`${this.#parts.keyId}\n`), signal);
        // Of several that start at the same time, one is the last to note its key, and the others see it.
        return this.#judge(await this.#noted(signal));
      }
      return this.#judge(noted);
    } catch (error) {
      if (!(error instanceof BlobStoreFailed)) throw error;
      return err(`${error.message} It is at ${this.#parts.place}: make it usable, and start again.`);
    }
  }

  async #noted(signal: AbortSignal): Promise<string | null> {
    const kept = await this.#blobs.get(NAME, signal);
    return kept === null ? null : new TextDecoder().decode(kept).trim();
  }

  #judge(noted: string | null): Result<void, string> {
    if (noted === this.#parts.keyId) return ok();
    return err(
      `The configurations at ${this.#parts.place} are sealed under another master key than LOCKSTEP_MASTER_KEY. ` +
        'Set it to the key that they are sealed under, or store new ones in another place. If that key is lost, start with ' +
        'LOCKSTEP_MASTER_KEY_LOST=accepted: what was sealed under it stays unreadable.',
    );
  }
}
