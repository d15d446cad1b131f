import { openDatabase, type DatabaseSchema } from '#platform/database';
import type { DataSource } from 'typeorm';
import { processDatabase, type ProcessDatabase } from './process-database.ts';
import { leaveClean } from './leave-clean.ts';

const START_MS = 60_000;

/** A database that one test has for itself. It goes when the test ends, or sooner when it is disposed. */
export type ClonedDatabase = AsyncDisposable & { readonly url: string; readonly source: DataSource };

export type TestDatabase = {
  /** Migrated, and empty at the start of each test. */
  readonly source: DataSource;
  readonly url: string;
  /** A database of the test's own, for what concerns all of a database: DDL, LISTEN, advisory locks. */
  clone(): Promise<ClonedDatabase>;
};

/**
 * Gives the tests of a suite a database with these schemas. Call it first in a `describe`.
 *
 * The server starts with the first test that needs one. After each test, and after the other hooks of the suite, all
 * tables are emptied, and a test that left a transaction open or a statement running fails by name.
 */
export function useDatabase(...schemas: DatabaseSchema[]): TestDatabase {
  let database: ProcessDatabase | undefined;
  const clones = new Set<ClonedDatabase>();
  const current = (): ProcessDatabase => {
    if (!database)
      throw new Error('The database is there once the hooks of the suite run: use it inside a test or a hook.');
    return database;
  };

  before('the database is there', async function (this: Mocha.Context) {
    this.timeout(START_MS);
    database = await processDatabase(schemas);
    // Added now, so that it comes after those the suite declares: they may still stop what works in the database.
    this.test?.parent?.afterEach('nothing is left at work in the database', async function (this: Mocha.Context) {
      this.timeout(START_MS);
      for (const clone of clones) await clone[Symbol.asyncDispose]();
      await leaveClean(current());
    });
  });

  return {
    get source() {
      return current().source;
    },
    get url() {
      return current().url;
    },
    clone: async () => {
      const { template } = current();
      const url = await template.clone();
      const source = await openDatabase({ url, schemas, applicationName: 'test' });
      const clone: ClonedDatabase = {
        url,
        source,
        [Symbol.asyncDispose]: async () => {
          if (!clones.delete(clone)) return;
          if (source.isInitialized) await source.destroy();
          await template.drop(url);
        },
      };
      clones.add(clone);
      return clone;
    },
  };
}
