import type { RetentionRules, VerificationMode } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import type { JobRequest } from '#scheduling/contracts';

export const STORE_VERIFY_JOB = 'store.verify';
export const STORE_SWEEP_JOB = 'store.sweep';
export const STORE_RETENTION_JOB = 'store.retention';
export const STORE_JOBS = [STORE_VERIFY_JOB, STORE_SWEEP_JOB, STORE_RETENTION_JOB] as const;

/** A day: a store may be large. An attempt that makes no progress for ten minutes is given up. */
const LIMITS = { timeoutMs: 86_400_000, heartbeatTimeoutMs: 600_000 };

/** `part` of so many; null goes on with the part after the last one that was verified. */
export type VerifyStorePayload = { readonly mode: VerificationMode; readonly part: number | null; readonly of: number };
export type RetentionPayload = {
  readonly rules: RetentionRules;
  readonly dryRun: boolean;
  /** Null is for all devices that have versions. */
  readonly deviceId: DeviceId | null;
};

export function verifyStoreJob({ mode, part, of }: VerifyStorePayload): JobRequest {
  return { type: STORE_VERIFY_JOB, payload: { mode, part, of }, ...LIMITS };
}

export function sweepStoreJob(): JobRequest {
  return { type: STORE_SWEEP_JOB, payload: {}, ...LIMITS };
}

export function retentionJob({ rules, dryRun, deviceId }: RetentionPayload): JobRequest {
  return { type: STORE_RETENTION_JOB, payload: { rules: { ...rules }, dryRun, deviceId }, ...LIMITS };
}
