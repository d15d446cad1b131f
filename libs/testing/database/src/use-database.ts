import { noteFact, outsideTests, runningTest } from '#testing/runtime';
import { relative } from 'node:path';
import type { DataSource } from 'typeorm';
import type { ClonedDatabase } from './cloned-database.ts';
import { databasesFor, type Databases } from './databases.ts';
import { endAll } from './end-all.ts';
import type { SharedDatabase } from './shared-database.ts';
import type { TestSchema } from './test-postgres.ts';

const START_MS = 60_000;

export type SuiteDatabase = {
  /** Migrated, and empty at the start of each test. */
  readonly source: DataSource;
  readonly url: string;
  /** A database of the test's own, for what concerns all of a database: DDL, LISTEN, advisory locks. */
  clone(): Promise<ClonedDatabase>;
};

/**
 * Gives the tests of a suite a database with these schemas, on the rung `reset`, for suites with hooks of their own. Call it
 * first in a `describe`; a class of tests has a `TestDatabase` instead.
 *
 * The turn of a test ends after the other hooks of the suite, which may still stop what works in the database. By then
 * Mocha has reported the test, so what it left open fails the run in its name, or the hook where the kit's plugin is not loaded.
 */
export function useDatabase(...schemas: TestSchema[]): SuiteDatabase {
  let database: SharedDatabase | undefined;
  let databases: Databases | undefined;
  const clones = new Set<ClonedDatabase>();
  const current = (): SharedDatabase => {
    if (!database)
      throw new Error('The database is there once the hooks of the suite run: use it inside a test or a hook.');
    return database;
  };

  before('the database is there', async function (this: Mocha.Context) {
    this.timeout(START_MS);
    await outsideTests(async () => {
      databases = await databasesFor(schemas);
      database = await databases.shared('reset');
    });
    const suite = this.test?.parent;
    noteFact({ topic: 'rung', text: `reset: ${suite?.file ? relative('', suite.file) : suite?.fullTitle()}` });
    // Added now, so that it comes after those the suite declares.
    suite?.afterEach('nothing is left at work in the database', async function (this: Mocha.Context) {
      this.timeout(START_MS);
      const { currentTest } = this;
      const title = currentTest?.fullTitle() ?? '';
      const owner = current().watch.users.find((test) => test.title === title);
      const databases = [current(), ...clones];
      clones.clear();
      for (const { watch } of databases) watch.endTurn(owner);
      const failed = currentTest?.state === 'failed';
      const fault = await endAll(databases, { failed, test: title, failure: currentTest?.err });
      if (fault === undefined) return;
      const pluginIsLoaded = runningTest() !== undefined;
      if (!owner || !pluginIsLoaded) throw fault;
      owner.fail(fault);
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
      current();
      const clone = await (databases as Databases).clones.take();
      clones.add(clone);
      return clone;
    },
  };
}
