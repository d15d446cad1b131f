import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../embedded/embedded-postgres.ts';

let server: Promise<EmbeddedPostgres> | undefined;

/** A new, empty database for this project's own specs, which cannot stand on the test kit: that stands on them. */
export async function specDatabase(): Promise<string> {
  server ??= EmbeddedPostgres.start({
    directory: join(tmpdir(), `database-spec-${randomUUID()}`),
    durability: 'throwaway',
  });
  const { url } = await server;
  const name = `spec_${randomUUID().slice(0, 8)}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
