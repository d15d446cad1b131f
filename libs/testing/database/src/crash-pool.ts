import { outsideTests } from '#testing/runtime';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { PoolWatch } from './pool-watch.ts';
import type { ServerSessions } from './server-sessions.ts';

type Crashing = { readonly source: DataSource; readonly watch: PoolWatch; readonly server: ServerSessions };

/**
 * Lets the process die that uses the pool of a source, and gives the source another pool. The server has undone what was
 * not committed when this comes back.
 */
export async function crashPool({ source, watch, server }: Crashing): Promise<void> {
  const driver = source.driver as PostgresDriver;
  await outsideTests(async () => {
    const sessions = watch.die();
    driver.connectedQueryRunners.length = 0; // released, they would answer those who still ask them: with an error
    await Promise.all([server.end(sessions), driver.disconnect()]);
    await driver.connect();
  });
  watch.watch(source);
}
