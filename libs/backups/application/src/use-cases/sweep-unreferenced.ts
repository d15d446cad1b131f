import { SHARDS } from '#backups/domain';
import type { Clock } from '#kernel';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import type { BackupsStores, BackupsTransaction } from '../ports/backups-transaction.ts';
import type { Condemnation } from '../ports/content-fence.ts';
import type { StoredContent, StoredContents } from '../ports/stored-contents.ts';
import type { VersionInventory } from '../ports/version-inventory.ts';
import { withinTransaction } from '../within-transaction.ts';

/** Only contents that were stored longer ago are swept: a run that has just stored one is about to name it. */
export type SweepCommand = { readonly lease: Lease; readonly graceMs: number };

export type Swept = { readonly removed: number; readonly storedBytes: number };

export type SweepPorts = {
  readonly contents: StoredContents;
  readonly inventory: VersionInventory;
  readonly transaction: BackupsTransaction;
  readonly clock: Clock;
};

type Context = { readonly signal: AbortSignal; readonly progress: (done: number, total: number) => void };

/**
 * A removal begins within a minute of the condemnation, or not at all. Nobody absolves the content of a sweep that has died
 * before ten: a process that was paused in between finds out that it is late.
 */
const BEGIN_WITHIN_MS = 60_000;
const ABANDONED_AFTER_MS = 600_000;

/**
 * Removes contents that no version names. The fence keeps it from taking one away that a run is about to name, however old the
 * content is: that run stores it again at its next attempt. Sweeps that overlap do not disturb each other.
 */
export class SweepUnreferenced {
  readonly #ports: SweepPorts;

  constructor(ports: SweepPorts) {
    this.#ports = ports;
  }

  async execute({ lease, graceMs }: SweepCommand, { signal, progress }: Context): Promise<Swept> {
    await this.#absolveAbandoned(lease, signal);
    let [removed, storedBytes] = [0, 0];
    for (let shard = 0; shard < SHARDS; shard += 1) {
      for (const content of await this.#unreferenced(shard, graceMs, signal)) {
        if (!(await this.#remove(content, lease, signal))) continue;
        removed += 1;
        storedBytes += content.storedBytes;
        progress(shard, SHARDS);
      }
      progress(shard + 1, SHARDS);
    }
    return { removed, storedBytes };
  }

  async #unreferenced(shard: number, graceMs: number, signal: AbortSignal): Promise<readonly StoredContent[]> {
    const before = this.#ports.clock.now().getTime() - graceMs;
    const listed = await this.#ports.contents.list(shard, signal);
    const old = listed.filter(({ storedAt }) => storedAt.getTime() <= before);
    if (old.length === 0) return [];
    const named = await this.#ports.inventory.named(
      old.map(({ hash }) => hash),
      signal,
    );
    const needed = new Set(named.map(({ hash }) => hash));
    return old.filter(({ hash }) => !needed.has(hash));
  }

  async #remove({ hash }: StoredContent, by: Lease, signal: AbortSignal): Promise<boolean> {
    const at = this.#ports.clock.now();
    const condemn = async ({ jobs, contents }: BackupsStores): Promise<boolean> => {
      await jobs.hold(by);
      return contents.condemn({ hash, by, at });
    };
    if (!(await withinTransaction(this.#ports.transaction, condemn, signal))) return false;
    const isLate = this.#ports.clock.now().getTime() - at.getTime() >= BEGIN_WITHIN_MS;
    // What fails may still happen: its content stays condemned until it is abandoned.
    if (!isLate) await this.#ports.contents.remove(hash, signal);
    await this.#absolve({ hash, by }, signal);
    return !isLate;
  }

  async #absolveAbandoned(lease: Lease, signal: AbortSignal): Promise<void> {
    const before = this.#ports.clock.now().getTime() - ABANDONED_AFTER_MS;
    for (const condemned of await this.#ports.inventory.condemned(signal)) {
      const isOurs = condemned.by.jobId === lease.jobId && condemned.by.token === lease.token;
      if (isOurs || condemned.at.getTime() > before) continue;
      if (!(await this.#isHeld(condemned.by, signal))) await this.#absolve(condemned, signal);
    }
  }

  async #isHeld(lease: Lease, signal: AbortSignal): Promise<boolean> {
    try {
      await withinTransaction(this.#ports.transaction, ({ jobs }) => jobs.hold(lease), signal);
      return true;
    } catch (error) {
      if (error instanceof LeaseLost) return false;
      throw error;
    }
  }

  async #absolve({ hash, by }: Omit<Condemnation, 'at'>, signal: AbortSignal): Promise<void> {
    await withinTransaction(this.#ports.transaction, ({ contents }) => contents.absolve(hash, by), signal);
  }
}
