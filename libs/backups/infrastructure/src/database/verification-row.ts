import type { VerificationSnapshot } from '#backups/domain';

/** PostgreSQL gives a bigint as text; these are far from what a number cannot hold. */
export type VerificationRow = Omit<VerificationSnapshot, 'bytes'> & { readonly bytes: string };

export const SELECT_VERIFICATION = `SELECT id, mode, part, parts AS "of", shards_done AS "shardsDone", contents, bytes, damaged,
  unreferenced, started_at AS "startedAt", finished_at AS "finishedAt" FROM store_verifications`;

export function verificationOf(row: VerificationRow): VerificationSnapshot {
  return { ...row, bytes: Number(row.bytes) };
}
