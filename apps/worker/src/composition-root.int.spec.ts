import { backupsSchema } from '#backups/infrastructure';
import { devicesSchema } from '#devices/infrastructure';
import { Secret } from '#kernel';
import { schedulingSchema } from '#scheduling/infrastructure';
import { proveComposition } from '#testing/container';
import { useDatabase } from '#testing/database';
import { expect } from 'chai';
import { tmpdir } from 'node:os';
import { DataSource } from 'typeorm';
import { composeWorker, workerRoots } from './composition-root.ts';

describe('the composition of the worker', () => {
  const database = useDatabase(devicesSchema, schedulingSchema, backupsSchema);

  it('can be built, with nothing missing, circular, captive or left over', async () => {
    const settings = {
      logLevel: 'error',
      masterKey: new Secret(Buffer.alloc(32).toString('base64')),
      storeDirectory: tmpdir(),
      worker: { concurrency: 1, leaseSeconds: 15 },
    } as const;
    const container = composeWorker(settings, database.url);

    const faults = await proveComposition(container, workerRoots);

    expect(faults).to.deep.equal([]);
    await (await container.getAsync(DataSource)).destroy();
  });
});
