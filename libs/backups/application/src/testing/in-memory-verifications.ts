import type { Finding, VerificationMode, VerificationSnapshot } from '#backups/domain';
import type { InMemoryTransaction } from '#kernel/testing';
import type { JobId } from '#scheduling/contracts';
import type { FindingsWanted, VerificationReader, Verifications } from '../ports/verifications.ts';
import type { InMemoryVersionReader, KeptVerification } from './in-memory-version-reader.ts';

export class InMemoryVerifications implements Verifications {
  readonly #committed: InMemoryVersionReader;
  readonly #transaction: InMemoryTransaction;
  readonly #saved = new Map<JobId, KeptVerification>();

  constructor(committed: InMemoryVersionReader, transaction: InMemoryTransaction) {
    this.#committed = committed;
    this.#transaction = transaction;
    transaction.onEnd((outcome) => {
      if (outcome === 'kept') for (const [id, kept] of this.#saved) committed.verifications.set(id, kept);
    });
  }

  async find(id: JobId): Promise<VerificationSnapshot | null> {
    this.#transaction.throwIfOver();
    return this.#kept(id)?.snapshot ?? null;
  }

  async save(snapshot: VerificationSnapshot, found: readonly Finding[]): Promise<void> {
    this.#transaction.throwIfOver();
    const { findings = [] } = this.#kept(snapshot.id) ?? {};
    this.#saved.set(snapshot.id, { snapshot, findings: [...findings, ...found] });
  }

  #kept(id: JobId): KeptVerification | undefined {
    return this.#saved.get(id) ?? this.#committed.verifications.get(id);
  }
}

export class InMemoryVerificationReader implements VerificationReader {
  readonly #committed: InMemoryVersionReader;

  constructor(committed: InMemoryVersionReader) {
    this.#committed = committed;
  }

  async find(id: JobId, signal: AbortSignal): Promise<VerificationSnapshot | null> {
    signal.throwIfAborted();
    return this.#committed.verifications.get(id)?.snapshot ?? null;
  }

  async latest(signal: AbortSignal): Promise<VerificationSnapshot | null> {
    signal.throwIfAborted();
    return this.#newest(({ startedAt }) => startedAt);
  }

  async latestPart(
    { mode, parts }: { readonly mode: VerificationMode; readonly parts: number },
    signal: AbortSignal,
  ): Promise<VerificationSnapshot | null> {
    signal.throwIfAborted();
    return this.#newest((one) => (one.mode === mode && one.of === parts ? one.finishedAt : null));
  }

  async findings({ id, after, limit }: FindingsWanted, signal: AbortSignal): Promise<readonly Finding[]> {
    signal.throwIfAborted();
    return (this.#committed.verifications.get(id)?.findings ?? [])
      .filter(({ contentHash }) => after === null || contentHash > after)
      .toSorted((a, b) => (a.contentHash < b.contentHash ? -1 : 1))
      .slice(0, limit);
  }

  #newest(time: (one: VerificationSnapshot) => Date | null): VerificationSnapshot | null {
    const timed = [...this.#committed.verifications.values()].map(({ snapshot }) => ({ snapshot, at: time(snapshot) }));
    const there = timed.filter(({ at }) => at !== null).toSorted((a, b) => b.at!.getTime() - a.at!.getTime());
    return there[0]?.snapshot ?? null;
  }
}
