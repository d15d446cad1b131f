import type { DataSource } from 'typeorm';
import { EmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { migrate } from '../migrate.ts';
import { openDatabase, type DatabaseOptions } from '../open-database.ts';
import { keepCluster, type KeptDatabase } from './keep-cluster.ts';
import { sweepFolders, throwawayFolder } from './throwaway-folder.ts';

/**
 * PostgreSQL for the test kit, which imports this as `#test-postgres` and calls it a `TestPostgres`: servers from npm,
 * opened and migrated as in production.
 */
export const testPostgres = {
  async start() {
    await sweepFolders();
    const cluster = await EmbeddedPostgres.start({ directory: await throwawayFolder(), durability: 'throwaway' });
    return { url: cluster.url, keep: (kept: KeptDatabase) => keepCluster(cluster.directory, kept) };
  },

  open(options: Pick<DatabaseOptions, 'url' | 'schemas' | 'poolSize'>): Promise<DataSource> {
    return openDatabase({ ...options, applicationName: 'test' });
  },

  async migrate(source: DataSource): Promise<void> {
    await migrate(source, AbortSignal.timeout(60_000));
  },
};
