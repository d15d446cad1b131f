import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { Secret } from '#kernel';
import { schedulingSchema } from '#scheduling/infrastructure';
import { proveComposition } from '#testing/container';
import { useDatabase, writtenMigrations } from '#testing/database';
import { expect } from 'chai';
import { tmpdir } from 'node:os';
import { DataSource } from 'typeorm';
import { composeWorker, workerRoots } from './composition-root.ts';

describe('the composition of the worker', () => {
  const database = useDatabase(devicesSchema, schedulingSchema, backupsSchema);

  const composed = (concurrency: number): ReturnType<typeof composeWorker> =>
    composeWorker(
      {
        logLevel: 'error',
        masterKey: new Secret(Buffer.alloc(32).toString('base64')),
        storeDirectory: tmpdir(),
        worker: { concurrency, leaseSeconds: 15 },
      },
      database.url,
    );

  it('can be built, with nothing missing, circular, captive or left over', async () => {
    const container = composed(1);

    const faults = await proveComposition(container, workerRoots);

    expect(faults).to.deep.equal([]);
    await (await container.getAsync(DataSource)).destroy();
  });

  it('leaves connections for others, however many jobs run at once', async () => {
    const poolSizes: unknown[] = [];

    for (const concurrency of [1, 256]) {
      const source = await composed(concurrency).getAsync(DataSource);
      poolSizes.push(source.options.poolSize);
      await source.destroy();
    }

    expect(poolSizes).to.deep.equal([5, 20]);
  });

  it('knows every migration that a context has written, and at least one', async () => {
    const source = await composed(1).getAsync(DataSource);

    const known = source.migrations.map((migration) => migration.constructor.name.slice(-13));

    await source.destroy();
    expect(known.sort()).to.deep.equal(writtenMigrations()).and.to.not.be.empty;
  });
});
