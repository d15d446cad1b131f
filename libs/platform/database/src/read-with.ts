import type { DataSource, EntityManager } from 'typeorm';
import { ObedientConnection } from './obedient-connection.ts';

/**
 * Runs reads on one connection that obeys `signal`: an abort cancels the statement in flight and rejects with the reason.
 *
 * There is no transaction around them: each statement sees what is committed when it starts. What must agree belongs
 * into one statement.
 */
export async function readWith<T>(
  source: DataSource,
  signal: AbortSignal,
  read: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  await using connection = await ObedientConnection.take(source, signal);
  return await connection.obey(read);
}
