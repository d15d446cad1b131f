import { devicesSchema } from '#devices/infrastructure';
import { Secret } from '#kernel';
import type { Config } from '#platform/config';
import { useDatabase, writtenMigrations } from '#testing/database';
import { expect } from 'chai';
import { openServiceDatabase } from './database.ts';

describe('openServiceDatabase', () => {
  const database = useDatabase(devicesSchema);

  it('knows every migration that a context has written, and at least one', async () => {
    const config = { databaseUrl: new Secret(database.url) } as Config;

    await using opened = await openServiceDatabase(config, () => {}, new AbortController().signal);

    const known = opened.source.migrations.map((migration) => migration.constructor.name.slice(-13));
    expect(known.sort()).to.deep.equal(writtenMigrations()).and.to.not.be.empty;
  });
});
