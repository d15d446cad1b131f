import {
  Verification,
  type Finding,
  type ShardSeen,
  type VerificationMode,
  type VerificationSnapshot,
} from '#backups/domain';
import type { Clock } from '#kernel';
import type { NewEvent } from '#notifications/contracts';
import type { Lease } from '#scheduling/contracts';
import type { BackupsStores, BackupsTransaction } from '../ports/backups-transaction.ts';
import type { Examination, StoredContent, StoredContents } from '../ports/stored-contents.ts';
import type { VerificationReader } from '../ports/verifications.ts';
import type { NamedContent, VersionInventory } from '../ports/version-inventory.ts';
import type { VerifyStorePayload } from '../store-jobs.ts';
import { withinTransaction } from '../within-transaction.ts';

/** Contents that nothing names are told of when they were stored longer ago than the grace. */
export type VerifyStoreCommand = VerifyStorePayload & { readonly lease: Lease; readonly graceMs: number };

export type VerifyStorePorts = {
  readonly contents: StoredContents;
  readonly inventory: VersionInventory;
  readonly reader: VerificationReader;
  readonly transaction: BackupsTransaction;
  readonly clock: Clock;
};

type Context = { readonly signal: AbortSignal; readonly progress: (done: number, total: number) => void };

type Look = {
  readonly listed: StoredContent | undefined;
  readonly mode: VerificationMode;
  readonly signal: AbortSignal;
};

const PAGE = 500;

/**
 * Compares the versions with the store, in both directions, and names all that is wrong. What it has seen is kept shard by
 * shard: another attempt of the same job goes on behind the last one. Runs and sweeps may go on meanwhile: what is stored,
 * named or removed while it looks is not taken for damage.
 */
export class VerifyStore {
  readonly #ports: VerifyStorePorts;

  constructor(ports: VerifyStorePorts) {
    this.#ports = ports;
  }

  async execute(command: VerifyStoreCommand, { signal, progress }: Context): Promise<VerificationSnapshot> {
    let verification = await this.#begin(command, signal);
    const { total } = verification;
    for (const shard of verification.remaining) {
      const { shardsDone } = verification.snapshot();
      progress(shardsDone, total);
      const seen = await this.#see(shard, command, { signal, progress: () => progress(shardsDone, total) });
      verification = verification.after(seen, this.#ports.clock.now());
      await this.#keep(verification, seen.findings, { lease: command.lease, signal });
    }
    progress(total, total);
    return verification.snapshot();
  }

  async #begin({ lease, mode, part, of }: VerifyStoreCommand, signal: AbortSignal): Promise<Verification> {
    const chosen = part ?? (await this.#nextPart({ mode, parts: of }, signal));
    const begin = async ({ jobs, verifications }: BackupsStores): Promise<Verification> => {
      await jobs.hold(lease);
      const kept = await verifications.find(lease.jobId);
      if (kept !== null) return Verification.restore(kept);
      const verification = Verification.begin(lease.jobId, { mode, part: chosen, of }, this.#ports.clock.now());
      await verifications.save(verification.snapshot(), []);
      return verification;
    };
    return withinTransaction(this.#ports.transaction, begin, signal);
  }

  async #nextPart(
    of: { readonly mode: VerificationMode; readonly parts: number },
    signal: AbortSignal,
  ): Promise<number> {
    const last = await this.#ports.reader.latestPart(of, signal);
    return ((last?.part ?? 0) % of.parts) + 1;
  }

  async #keep(
    verification: Verification,
    found: readonly Finding[],
    { lease, signal }: { readonly lease: Lease; readonly signal: AbortSignal },
  ): Promise<void> {
    const keep = async ({ jobs, verifications, outbox }: BackupsStores): Promise<void> => {
      await jobs.hold(lease);
      await verifications.save(verification.snapshot(), found);
      if (verification.isFirstDamage(found)) await outbox.record(alarm(verification.snapshot()));
    };
    await withinTransaction(this.#ports.transaction, keep, signal);
  }

  async #see(
    shard: number,
    { mode, graceMs }: VerifyStoreCommand,
    { signal, progress }: { readonly signal: AbortSignal; readonly progress: () => void },
  ): Promise<ShardSeen> {
    // Listed first: what is stored after this and named before the versions are read is examined on its own.
    const listed = new Map((await this.#ports.contents.list(shard, signal)).map((one) => [one.hash, one]));
    const findings: Finding[] = [];
    let [contents, bytes] = [0, 0];
    for await (const named of this.#named(shard, signal)) {
      const found = await this.#look(named, { listed: listed.get(named.hash), mode, signal });
      if (found !== null) findings.push(found);
      listed.delete(named.hash);
      contents += 1;
      bytes += named.bytes;
      progress();
    }
    findings.push(...(await this.#unreferenced([...listed.values()], graceMs, signal)));
    return { contents, bytes, findings };
  }

  async *#named(shard: number, signal: AbortSignal): AsyncGenerator<NamedContent> {
    let page: readonly NamedContent[] = [];
    do {
      page = await this.#ports.inventory.contents({ shard, after: page.at(-1)?.hash ?? null, limit: PAGE }, signal);
      yield* page;
    } while (page.length === PAGE);
  }

  async #look({ hash, bytes, versions }: NamedContent, { listed, mode, signal }: Look): Promise<Finding | null> {
    const isThere = mode === 'structure' && listed !== undefined;
    const examined: Examination = isThere
      ? { kind: listed.storedBytes < bytes ? 'truncated' : 'sound' }
      : await this.#ports.contents.examine({ hash, bytes }, signal);
    if (examined.kind === 'sound') return null;
    // Its versions may have been removed, and it with them.
    const [still] = await this.#ports.inventory.named([hash], signal);
    if (still === undefined) return null;
    return { contentHash: hash, kind: examined.kind, by: examined.kind === 'replaced' ? examined.by : null, versions };
  }

  async #unreferenced(
    listed: readonly StoredContent[],
    graceMs: number,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> {
    const before = this.#ports.clock.now().getTime() - graceMs;
    const old = listed.filter(({ storedAt }) => storedAt.getTime() <= before).map(({ hash }) => hash);
    const named = new Set((await this.#ports.inventory.named(old, signal)).map(({ hash }) => hash));
    return old
      .filter((hash) => !named.has(hash))
      .map((contentHash) => ({ contentHash, kind: 'unreferenced', by: null, versions: 0 }));
  }
}

/** Told once for a verification, as soon as there is something to tell: its findings are to be read from it. */
function alarm({ id, startedAt }: VerificationSnapshot): NewEvent {
  return {
    type: 'store.damaged',
    subject: 'contents',
    data: { verificationId: id, startedAt: startedAt.toISOString() },
  };
}
