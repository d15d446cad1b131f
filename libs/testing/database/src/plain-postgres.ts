import { DataSource } from 'typeorm';
import type { TestPostgres } from './test-postgres.ts';

/**
 * For a project that has neither a server of its own nor code that opens databases: write
 * `"#test-postgres": "./libs/testing/database/src/plain-postgres.ts"` into the imports of its package.json.
 */
export const testPostgres: TestPostgres = {
  start: () =>
    Promise.reject(
      new Error(
        'These tests need PostgreSQL. Set DATABASE_URL to a server on which they may create databases, such as ' +
          'postgresql://postgres:secret@127.0.0.1:5432/postgres, or let "#test-postgres" in package.json start one.',
      ),
    ),

  open: ({ url, schemas, poolSize = 10 }) =>
    new DataSource({
      type: 'postgres',
      url,
      entities: schemas.flatMap(({ rows }) => rows),
      migrations: schemas.flatMap(({ migrations }) => migrations),
      logging: false,
      installExtensions: false,
      poolSize,
      poolErrorHandler: () => {}, // the pool replaces a connection that breaks
      extra: { allowExitOnIdle: true },
    }).initialize(),

  migrate: (source) => source.runMigrations({ transaction: 'each' }),
};
