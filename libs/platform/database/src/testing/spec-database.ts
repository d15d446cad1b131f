import { AsyncTestBase } from '#testing/lifecycle';
import { shared } from '#testing/runtime';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { DatabaseSchema } from '../database-schema.ts';
import { EmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { openDatabase, type DatabaseOptions } from '../open-database.ts';

const server = shared(
  () => EmbeddedPostgres.start({ directory: join(tmpdir(), `database-spec-${randomUUID()}`), durability: 'throwaway' }),
  (postgres) => postgres.stop(),
);

/**
 * A test with a new, empty database, for this project's own specs: the database part of the kit stands on what they test.
 */
export class SpecDatabaseTest extends AsyncTestBase {
  readonly url = this.fixture(specDatabase);

  /** Opens it, as often as the test likes; it is closed when the test ends, unless the test did that itself. */
  readonly open = async (
    schemas: readonly DatabaseSchema[] = [],
    options: Omit<Partial<DatabaseOptions>, 'url' | 'schemas'> = {},
  ): Promise<DataSource> => {
    const source = await openDatabase({ ...options, url: await this.url(), schemas });
    this.defer(async () => {
      if (source.isInitialized) await source.destroy();
    });
    return source;
  };
}

async function specDatabase(): Promise<string> {
  const { url } = await server();
  const name = `spec_${randomUUID().slice(0, 8)}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
