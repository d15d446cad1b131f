import type { DataSource } from 'typeorm';
import { poolOf, type PoolWatch } from './pool-watch.ts';

/** A connection on its way back, or one that was still being made when nobody waited for it any more, is not kept. */
const GRACE_MS = 500;

/** The connections that a test has taken from its pool and does not give back: one line each. */
export async function heldConnections(source: DataSource, watch: PoolWatch): Promise<readonly string[]> {
  const pool = poolOf(source);
  const checkedOut = (): number => pool.totalCount - pool.idleCount;
  const patience = AbortSignal.timeout(GRACE_MS);
  while (checkedOut() > 0 && !patience.aborted) await new Promise((resolve) => setImmediate(resolve));
  if (checkedOut() === 0) return [];
  return [
    `${checkedOut()} of the pool's connections not given back (a query runner that was not released?)`,
    ...watch.holders.map(({ site, query }) => `  taken by ${site}, last statement: ${query ?? 'none'}`),
  ];
}
