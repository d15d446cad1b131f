import type { ContentHash, Finding, VerificationSnapshot } from '#backups/domain';
import { err, ok, type Result } from '#kernel';
import type { JobId } from '#scheduling/contracts';
import type { VerificationReader } from '../ports/verifications.ts';

export type ReadVerificationQuery = {
  /** Null is the one that began last. */
  readonly id: JobId | null;
  readonly after: ContentHash | null;
  readonly limit: number;
};

export type VerificationPage = {
  readonly verification: VerificationSnapshot;
  readonly findings: readonly Finding[];
  /** Ask again with this as `after` for more findings; null when there are none. */
  readonly next: ContentHash | null;
};

export type VerificationNotFound = { readonly kind: 'VerificationNotFound'; readonly id: JobId | null };

/** One verification, and a page of what it has found so far. */
export class ReadVerification {
  readonly #reader: VerificationReader;

  constructor(reader: VerificationReader) {
    this.#reader = reader;
  }

  async execute(
    { id, after, limit }: ReadVerificationQuery,
    { signal }: { signal: AbortSignal },
  ): Promise<Result<VerificationPage, VerificationNotFound>> {
    const verification = id === null ? await this.#reader.latest(signal) : await this.#reader.find(id, signal);
    if (verification === null) return err({ kind: 'VerificationNotFound', id });
    const found = await this.#reader.findings({ id: verification.id, after, limit: limit + 1 }, signal);
    const findings = found.slice(0, limit);
    return ok({ verification, findings, next: found.length > limit ? findings.at(-1)!.contentHash : null });
  }
}
