import { Pool } from 'pg';
import { warmPool } from './connections.ts';
import { once } from './once.ts';
import { RunNames } from './run-names.ts';
import { ServerSessions } from './server-sessions.ts';
import { testPostgres, type ThrowawayServer } from './test-postgres.ts';

/** How many statements that make and drop databases are under way at once: more make none of them quicker. */
const ADMINS = 2;
/** A second, by default, is long for a test that waits for it. Few waits of a test are longer without being a deadlock. */
const DEADLOCK_MS = 20;

/** The server of this process and what administers it. */
export type TestServer = {
  readonly url: string;
  readonly admin: Pool;
  readonly names: RunNames;
  readonly sessions: ServerSessions;
  /**
   * How long a statement waits for a lock until the server looks for a deadlock, where this role may choose it: in
   * milliseconds.
   */
  readonly deadlockMs: number | undefined;
  /** Present where the server goes when this process does, so that nothing on it needs to be removed. */
  readonly throwaway: ThrowawayServer | undefined;
};

/** The server of this process, found when the first test asks: the one of `DATABASE_URL`, or a throwaway one. */
export const testServer = once(findServer);

async function findServer(): Promise<TestServer> {
  const existing = process.env['DATABASE_URL'];
  const throwaway = existing ? undefined : await (await testPostgres()).start();
  const url = existing || (throwaway as ThrowawayServer).url;
  const admin = new Pool({
    connectionString: url,
    max: ADMINS,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 60_000,
  });
  admin.on('error', () => {}); // the next statement connects again
  const names = new RunNames();
  await Promise.all([names.claim(url), warmPool(admin, 1)]); // also of a throwaway server: a run that this one starts may be told to use it
  if (!throwaway) {
    await names.sweep(admin);
    process.once('beforeExit', () => void names.dropOwn(admin).catch(() => {})); /* then the next run does it */
  }
  const deadlockMs = (await isSuperuser(admin)) ? DEADLOCK_MS : undefined;
  return { url, admin, names, sessions: new ServerSessions(url), deadlockMs, throwaway };
}

async function isSuperuser(admin: Pool): Promise<boolean> {
  const { rows } = await admin.query<{ it: string }>(`SELECT current_setting('is_superuser') AS it`);
  return rows[0]?.it === 'on';
}

/** The same server, another database. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
