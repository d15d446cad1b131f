import { devicesSchema } from '#devices/infrastructure';
import { Secret } from '#kernel';
import type { Config } from '#platform/config';
import { writtenMigrations } from '#platform/database/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { openServiceDatabase } from './database.ts';

class ServiceDatabaseTest extends DatabaseTest {
  protected override schemas() {
    return [devicesSchema];
  }
}

const t = ServiceDatabaseTest.install();

describe('openServiceDatabase', () => {
  it(
    'knows every migration that a context has written, and at least one',
    t.test(async ({ database, use, signal }) => {
      const config = { databaseUrl: new Secret(database.url) } as Config;

      const opened = await use(openServiceDatabase(config, () => {}, signal));

      const known = opened.source.migrations.map((migration) => migration.constructor.name.slice(-13));
      expect(known.sort()).to.deep.equal(writtenMigrations()).and.to.not.be.empty;
    }),
  );
});
