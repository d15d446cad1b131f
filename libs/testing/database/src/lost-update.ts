import type { DataSource, EntityManager } from 'typeorm';

const TRIES = 20;

/**
 * The textbook race: two transactions read the same number at once, and each writes what it read plus one. Answers in how
 * many of 20 tries one of the two was lost, or stops at the first that was.
 */
export async function lostUpdates(source: DataSource, { stopAtFirst = false } = {}): Promise<number> {
  await source.query('CREATE TABLE lost_update_canary (n int NOT NULL)');
  try {
    await source.query('INSERT INTO lost_update_canary VALUES (0)');
    let lost = 0;
    for (let tries = 0; tries < TRIES && !(stopAtFirst && lost > 0); tries += 1) {
      await source.query('UPDATE lost_update_canary SET n = 0');
      await Promise.all([source.transaction(increment), source.transaction(increment)]);
      if ((await read(source)) === 1) lost += 1;
    }
    return lost;
  } finally {
    await source.query('DROP TABLE lost_update_canary');
  }
}

async function increment(manager: EntityManager): Promise<void> {
  const n = await read(manager);
  // On a busy machine one could otherwise be over before the other has begun, or has a connection, 20 times in a row.
  await manager.query('SELECT pg_sleep(0.01)');
  await manager.query('UPDATE lost_update_canary SET n = $1', [n + 1]);
}

async function read(on: Pick<EntityManager, 'query'>): Promise<number> {
  const [row] = await on.query<{ n: number }[]>('SELECT n FROM lost_update_canary');
  return row?.n ?? 0;
}
