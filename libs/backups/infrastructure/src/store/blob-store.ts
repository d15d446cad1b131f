import type { StorageFailure } from '#backups/domain';

/** Bytes that are kept under a name. `size` is what they take in the store, `storedAt` when they were last put there, by its clock. */
export type StoredBlob = { readonly name: string; readonly size: number; readonly storedAt: Date };

/** Thrown when the store could not do what it was asked, whether by the system below it or by a server. */
export class BlobStoreFailed extends Error {
  readonly failure: StorageFailure;

  constructor(failure: StorageFailure, cause: unknown) {
    super(failure.kind === 'StorageFull' ? 'The store is full.' : `The store has failed: ${failure.reason}.`, {
      cause,
    });
    this.name = 'BlobStoreFailed';
    this.failure = failure;
  }
}

/**
 * Bytes by name, wherever they are kept: what they mean is not its business. Names are made here, of `a-z`, `0-9` and `-`; those
 * of 64 hex digits are the contents, which `list` tells by the first two digits. Other names are not listed.
 *
 * `put` resolves when the bytes have survived a loss of power. After a failure, an abort or a crash at any point, the name has
 * its old bytes or the new ones, never a mixture. It is for the caller to read back what it must be sure of. Putting the same
 * name at the same time, also from other processes, leaves the bytes of one of them.
 * `get` is null for a name without bytes; removing one is fine. What is being put meanwhile is listed or not.
 *
 * All of them reject with {@link BlobStoreFailed}, and with the reason of `signal` within a second of its abort, also when the
 * system below does not answer.
 */
export abstract class BlobStore {
  abstract put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void>;
  abstract get(name: string, signal: AbortSignal): Promise<Uint8Array | null>;
  abstract list(prefix: string, signal: AbortSignal): Promise<readonly StoredBlob[]>;
  abstract remove(name: string, signal: AbortSignal): Promise<void>;
}

/** Whether blobs of this name are contents, which are many. */
export function isContentName(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name);
}
