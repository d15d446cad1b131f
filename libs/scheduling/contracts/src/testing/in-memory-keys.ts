import type { Json } from '#kernel';
import type { InMemoryTransaction } from '#kernel/testing';
import { isDeepStrictEqual } from 'node:util';
import type { JobId, JobRefused } from '../jobs.ts';
import { InMemoryLocks } from './in-memory-locks.ts';

type Keyed = { readonly id: JobId; readonly type: string; readonly payload: Json };
type Asker = { readonly signal: AbortSignal; readonly owner?: object };

/** The idempotency keys of jobs in memory: whoever comes second waits until it is known what became of the first. */
export class InMemoryKeys {
  readonly #jobs = new Map<string, Keyed>();
  readonly #locks = new InMemoryLocks();

  async find(key: string, asker: Asker): Promise<Keyed | null> {
    await this.#locks.untilUnlocked(key, asker);
    return this.#jobs.get(key) ?? null;
  }

  /** Takes the key until the transaction is undone, or for good. */
  keep(key: string, job: Keyed, transaction?: InMemoryTransaction): void {
    this.#jobs.set(key, job);
    if (transaction === undefined) return;
    const unlock = this.#locks.lock(key, transaction);
    transaction.onEnd((outcome) => {
      if (outcome === 'undone') this.#jobs.delete(key);
      unlock();
    });
  }
}

/** Whether a request asks for the job that has its key; what else it asks for does not matter. */
export function isSameJob(one: Omit<Keyed, 'id'>, other: Omit<Keyed, 'id'>): boolean {
  return one.type === other.type && isDeepStrictEqual(stored(one.payload), stored(other.payload));
}

export function keyReused(key: string, { id }: Keyed): JobRefused {
  return { kind: 'KeyReused', key, id };
}

function stored(payload: Json): Json {
  return JSON.parse(JSON.stringify(payload)) as Json;
}
