import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

export type PoolUsage = { readonly checkedOut: number; readonly idle: number; readonly waiting: number };

export function poolOf(source: DataSource): Pool {
  return (source.driver as PostgresDriver).master as Pool;
}

/** How the pool is used right now: `waiting` asks for connections while all are checked out. */
export function poolUsage(source: DataSource): PoolUsage {
  const { totalCount, idleCount, waitingCount } = poolOf(source);
  return { checkedOut: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}
