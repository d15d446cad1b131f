import type { Json } from '#kernel';
import type { InMemoryTransaction } from '#kernel/testing';
import type { JobId } from '../jobs.ts';
import { InMemoryLocks } from './in-memory-locks.ts';

type Keyed = { readonly id: JobId; readonly type: string; readonly payload: Json };
type Asker = { readonly signal: AbortSignal; readonly owner?: object };

/** The idempotency keys of jobs in memory: whoever comes second waits until it is known what became of the first. */
export class InMemoryKeys {
  readonly #jobs = new Map<string, Keyed>();
  readonly #locks = new InMemoryLocks();
  readonly #undecided = new Set<string>();

  /** Hands the job that has the key, if one has, to `act`, which nobody can come in between. */
  async look<T>(key: string | null, asker: Asker, act: (known: Keyed | null) => T): Promise<T> {
    if (key === null) return act(null);
    do await this.#locks.untilUnlocked(key, asker);
    while (this.#locks.isLocked(key, { but: asker.owner }));
    return act(this.#jobs.get(key) ?? null);
  }

  /** Takes the key until the transaction is undone, or for good. */
  keep(key: string, job: Keyed, transaction?: InMemoryTransaction): void {
    this.#jobs.set(key, job);
    if (transaction === undefined) return;
    this.#undecided.add(key);
    const unlock = this.#locks.lock(key, transaction);
    transaction.onEnd((outcome) => {
      if (outcome === 'undone') this.#jobs.delete(key);
      this.#undecided.delete(key);
      unlock();
    });
  }

  /** Gives a key back whose job is no more. */
  forget(key: string): void {
    this.#jobs.delete(key);
  }

  /** What becomes of the keys of transactions that die with their process. */
  crash(): void {
    for (const key of this.#undecided) this.#jobs.delete(key);
    this.#undecided.clear();
    this.#locks.unlockAll();
  }
}

/** Whether a request asks for the job that has its key; what else it asks for does not matter. */
export function isSameJob(one: Omit<Keyed, 'id'>, other: Omit<Keyed, 'id'>): boolean {
  return one.type === other.type && textOf(one.payload) === textOf(other.payload);
}

/** The same for the same JSON, in whatever order its members come. */
function textOf(payload: Json): string {
  return JSON.stringify(payload, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
