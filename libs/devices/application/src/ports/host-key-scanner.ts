import type { HostKey } from '#devices/domain';
import type { Result } from '#kernel';

export type HostKeyScanTarget = { readonly address: string; readonly port: number };

/** `reason` completes "there is no host key, because …". */
export type ScanFailed = HostKeyScanTarget & { readonly kind: 'ScanFailed'; readonly reason: string };

/**
 * Asks whoever answers at an address for its SSH host key, and sends nothing that is secret.
 *
 * The key proves nothing yet: it is for a person to compare with what the device itself shows. Ends within a time limit
 * of its own; rejects with the signal's reason on abort, and leaves no connection open either way.
 */
export abstract class HostKeyScanner {
  abstract scan(target: HostKeyScanTarget, signal: AbortSignal): Promise<Result<HostKey, ScanFailed>>;
}
