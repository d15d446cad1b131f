import { ok, type Result } from '#kernel';
import type { BackupsStores, BackupsTransaction } from './ports/backups-transaction.ts';

/** Runs work that refuses nothing: what it answers is kept. */
export async function withinTransaction<T>(
  transaction: BackupsTransaction,
  work: (stores: BackupsStores) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const kept: Result<T, never> = await transaction.run(async (stores) => ok(await work(stores)), signal);
  return kept.ok ? kept.value : kept.error;
}
