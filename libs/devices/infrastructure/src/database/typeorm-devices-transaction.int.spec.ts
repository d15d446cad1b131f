import { devicesContract, transactionOverDevices } from '#devices/application/testing';
import { aDevice } from '#devices/domain/testing';
import { expectOk, sequentialId, transactionContract } from '#kernel/testing';
import { schemaDrift } from '#platform/database';
import { race, type Run } from '#testing/concurrency';
import { expect } from 'chai';
import { DeviceDatabaseTest } from '../testing/device-database-test.ts';
import { TypeOrmDevices } from './typeorm-devices.ts';
import { TypeOrmDevicesTransaction } from './typeorm-devices-transaction.ts';

class RacingDevicesTest extends DeviceDatabaseTest {
  protected override races() {
    return true;
  }
}

const t = RacingDevicesTest.install();

describe('TypeOrmDevicesTransaction', () => {
  devicesContract.holdsFor(
    TypeOrmDevices,
    t.opens((test) => test),
  );
  transactionContract.holdsFor(TypeOrmDevicesTransaction, t.opens(transactionOverDevices));

  it(
    'refuses both of two transactions that exchange names and wait for each other',
    t.test(async ({ transaction, database, signal }) => {
      const devices = [aDevice(), aDevice({ id: sequentialId(2), name: 'core-2' })];
      for (const device of devices) {
        expectOk(await transaction.run((stores) => stores.devices.insert(device), signal));
      }
      const replacing =
        (position: number, name: string): Run<unknown> =>
        ({ start, signal: until }) =>
          transaction.run(async (stores) => {
            await stores.devices.remove(sequentialId(position));
            await start();
            return stores.devices.insert(aDevice({ id: sequentialId(position + 2), name }));
          }, until);

      const outcomes = await race({ one: replacing(1, 'core-2'), other: replacing(2, 'core-1') }, { on: database });

      const refused = { ended: 'refused', kind: 'DeviceNameTaken' };
      expect(outcomes.outcomes).to.deep.equal([
        { racer: 'one', ...refused, error: { kind: 'DeviceNameTaken', name: 'core-2' } },
        { racer: 'other', ...refused, error: { kind: 'DeviceNameTaken', name: 'core-1' } },
      ]);
    }),
  );

  it(
    'finds the table as its row describes it',
    t.test(async ({ database }) => {
      expect(await schemaDrift(database.source)).to.deep.equal([]);
    }),
  );
});
