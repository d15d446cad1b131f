import { EmbeddedPostgres } from '#platform/database';
import { admin } from './admin.ts';
import { ownerIsDead } from './owned-name.ts';
import { sweepFolders, throwawayFolder } from './throwaway-folder.ts';

export type TestServer = {
  readonly url: string;
  /** Whether the server goes when this process does, so that nothing on it needs to be removed. */
  readonly throwaway: boolean;
};

let server: Promise<TestServer> | undefined;

/** The server of this process, started when the first test asks: the one of `DATABASE_URL`, or a throwaway cluster. */
export function testServer(): Promise<TestServer> {
  return (server ??= findServer());
}

async function findServer(): Promise<TestServer> {
  const url = process.env['DATABASE_URL'];
  if (url) {
    await sweepDatabases(url);
    return { url, throwaway: false };
  }
  await sweepFolders();
  const cluster = await EmbeddedPostgres.start({ directory: await throwawayFolder(), durability: 'throwaway' });
  return { url: cluster.url, throwaway: true };
}

async function sweepDatabases(url: string): Promise<void> {
  const found = (await admin(
    url,
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'lockstep\\_test\\_%'`,
  )) as { name: string }[];
  for (const { name } of found) {
    if (await ownerIsDead(name)) await admin(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }
}
