import type { Finding, VerificationMode, VerificationSnapshot } from '#backups/domain';
import type { JobId } from '#scheduling/contracts';

/** The verifications, as a store inside a transaction of this context. `save` adds the findings to those that there are. */
export abstract class Verifications {
  abstract find(id: JobId): Promise<VerificationSnapshot | null>;
  abstract save(verification: VerificationSnapshot, found: readonly Finding[]): Promise<void>;
}

export type FindingsWanted = { readonly id: JobId; readonly after: string | null; readonly limit: number };

/**
 * Committed verifications, outside of any transaction.
 *
 * `latest` is the one that began last, finished or not; `latestPart` the last one that has finished of so many parts. `findings` answers a page in the order of the hashes.
 */
export abstract class VerificationReader {
  abstract find(id: JobId, signal: AbortSignal): Promise<VerificationSnapshot | null>;
  abstract latest(signal: AbortSignal): Promise<VerificationSnapshot | null>;
  abstract latestPart(
    of: { readonly mode: VerificationMode; readonly parts: number },
    signal: AbortSignal,
  ): Promise<VerificationSnapshot | null>;
  abstract findings(wanted: FindingsWanted, signal: AbortSignal): Promise<readonly Finding[]>;
}
