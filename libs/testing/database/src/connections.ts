import { outsideTests } from '#testing/runtime';
import type { Pool, PoolClient } from 'pg';

/**
 * Opens as many connections as will be wanted at once, as far as the pool goes. Of racers that have to wait for theirs to
 * be made, the first is through before the second begins, and a race is not seen.
 */
export async function warmPool(pool: Pool, wanted: number): Promise<void> {
  await withConnections(pool, Math.min(wanted, pool.options.max), async () => {});
}

/** Undoes what a test has done to the sessions it used: settings, LISTEN, temporary tables, session locks. */
export async function forgetSessions(pool: Pool): Promise<void> {
  await withConnections(pool, pool.idleCount, (client) => client.query('DISCARD ALL'));
}

async function withConnections(
  pool: Pool,
  count: number,
  work: (client: PoolClient) => Promise<unknown>,
): Promise<void> {
  await outsideTests(async () => {
    const clients = await Promise.all(Array.from({ length: count }, () => pool.connect()));
    const outcomes = await Promise.allSettled(clients.map(work));
    // One that cannot be made as it was is closed.
    for (const [index, client] of clients.entries()) client.release(outcomes[index]?.status === 'rejected');
  });
}
