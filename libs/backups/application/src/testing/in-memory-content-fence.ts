import type { ContentHash } from '#backups/domain';
import type { InMemoryTransaction } from '#kernel/testing';
import type { Lease } from '#scheduling/contracts';
import type { Condemnation, ContentFence, FenceMark } from '../ports/content-fence.ts';
import type { Fence, InMemoryVersionReader } from './in-memory-version-reader.ts';
import type { KeyedLocks } from './keyed-locks.ts';

const OPEN: Fence = { mark: 0, condemned: null };

/** Who references a content has it for itself, too. */
export class InMemoryContentFence implements ContentFence {
  readonly #committed: InMemoryVersionReader;
  readonly #locks: KeyedLocks;
  readonly #transaction: InMemoryTransaction;
  readonly #held = new Set<ContentHash>();
  readonly #changed = new Map<ContentHash, Fence>();

  constructor(committed: InMemoryVersionReader, locks: KeyedLocks, transaction: InMemoryTransaction) {
    this.#committed = committed;
    this.#locks = locks;
    this.#transaction = transaction;
    transaction.onEnd((outcome) => {
      if (outcome === 'kept') for (const [hash, fence] of this.#changed) committed.fences.set(hash, fence);
    });
  }

  async reference(hash: ContentHash, since: FenceMark): Promise<boolean> {
    const { mark, condemned } = await this.#hold(hash);
    return mark === since && condemned === null;
  }

  async condemn(condemned: Condemnation): Promise<boolean> {
    const fence = await this.#hold(condemned.hash);
    if (this.#committed.all.some(({ contentHash }) => contentHash === condemned.hash)) return false;
    if (fence.condemned !== null) return isSame(fence.condemned.by, condemned.by);
    this.#changed.set(condemned.hash, { mark: fence.mark + 1, condemned });
    return true;
  }

  async absolve(hash: ContentHash, by: Lease): Promise<void> {
    const { mark, condemned } = await this.#hold(hash);
    if (condemned !== null && isSame(condemned.by, by)) this.#changed.set(hash, { mark: mark + 1, condemned: null });
  }

  async #hold(hash: ContentHash): Promise<Fence> {
    this.#transaction.throwIfOver();
    if (!this.#held.has(hash)) {
      this.#transaction.onEnd(await this.#locks.acquire(hash, this.#transaction.signal));
      this.#held.add(hash);
    }
    return this.#changed.get(hash) ?? this.#committed.fences.get(hash) ?? OPEN;
  }
}

function isSame(one: Lease, other: Lease): boolean {
  return one.jobId === other.jobId && one.token === other.token;
}
