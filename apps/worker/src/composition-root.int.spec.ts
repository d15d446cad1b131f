import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { Secret } from '#kernel';
import { notificationsSchema } from '#notifications/infrastructure';
import { schedulingSchema } from '#scheduling/infrastructure';
import { proveComposition } from '#testing/container';
import { writtenMigrations } from '#platform/database/testing';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import { tmpdir } from 'node:os';
import { DataSource } from 'typeorm';
import { composeWorker, workerRoots } from './composition-root.ts';

class CompositionTest extends DatabaseTest {
  protected override schemas() {
    return [devicesSchema, schedulingSchema, backupsSchema, notificationsSchema];
  }

  composed(concurrency: number): ReturnType<typeof composeWorker> {
    const container = composeWorker(
      {
        logLevel: 'error',
        masterKey: new Secret(Buffer.alloc(32).toString('base64')),
        storeDirectory: tmpdir(),
        worker: { concurrency, leaseSeconds: 15 },
      },
      this.database.url,
    );
    this.defer(async () => (await container.getAsync(DataSource)).destroy(), 'the end of its connections');
    return container;
  }
}

const t = CompositionTest.install();

describe('the composition of the worker', () => {
  it(
    'can be built, with nothing missing, circular, captive or left over',
    t.test(async ({ composed }) => {
      const container = composed(1);

      const faults = await proveComposition(container, workerRoots);

      expect(faults).to.deep.equal([]);
    }),
  );

  it(
    'leaves connections for others, however many jobs run at once',
    t.test(async ({ composed }) => {
      const poolSizes: unknown[] = [];

      for (const concurrency of [1, 256]) {
        const source = await composed(concurrency).getAsync(DataSource);
        poolSizes.push(source.options.poolSize);
      }

      expect(poolSizes).to.deep.equal([8, 20]);
    }),
  );

  it(
    'knows every migration that a context has written, and at least one',
    t.test(async ({ composed }) => {
      const source = await composed(1).getAsync(DataSource);

      const known = source.migrations.map((migration) => migration.constructor.name.slice(-13));

      expect(known.sort()).to.deep.equal(writtenMigrations()).and.to.not.be.empty;
    }),
  );
});
