import { ChangeDevice, ImportDevices, RegisterDevice, RemoveDevice, type ImportReport } from '#devices/application';
import { byteByByte } from '#devices/application/testing';
import { expectOk } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { everyFault } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { deviceCalled, type WiredDevicesTest } from './wired-devices-test.ts';

const HEADER = 'name,address,port,model,username,password';
const rowOf = (name: string, password = 'hunter2') => `${name},192.0.2.1,22,ios,backup,${password}`;
const outcomesOf = ({ rows }: ImportReport) => rows.map(({ outcome }) => outcome);

/** Imports rows, and updates what is there. */
async function importing({ get }: Pick<WiredDevicesTest, 'get'>, ...rows: readonly string[]) {
  const use = await get(ImportDevices);
  return async (signal: AbortSignal) => {
    const bytes = byteByByte([HEADER, ...rows].join('\n'));
    return use.execute({ bytes, dryRun: false, onExisting: 'update' }, { signal });
  };
}

/** What holds in every order of an import and what others do to the same devices. */
export function importOrders(t: InstalledTest<WiredDevicesTest>, options: EveryOrderOptions): void {
  it(
    'register a device once that is imported at the same time',
    everyOrder(
      t,
      async (test) => {
        const [run, register] = [await importing(test, rowOf('core-1')), await test.get(RegisterDevice)];

        const ended = await race({
          importer: ({ signal }) => run(signal),
          other: ({ signal }) => register.execute(deviceCalled('core-1'), { signal }),
        });

        const [importer, other] = [ended.of('importer'), ended.of('other')];
        const report = importer.ended === 'fulfilled' ? importer.value : expect.fail(importer.ended);
        expect('kind' in other ? other.kind : other.ended).to.be.oneOf(['fulfilled', 'DeviceNameTaken']);
        expect(outcomesOf(report as ImportReport)).to.deep.equal([
          other.ended === 'fulfilled' ? 'unchanged' : 'created',
        ]);
        expect((await test.devices()).map(({ name, version }) => [name, version])).to.deep.equal([['core-1', 1]]);
      },
      options,
    ),
  );

  it(
    'lose no change of a device that is imported at the same time',
    everyOrder(
      t,
      async (test) => {
        const { id, version: basedOn } = await test.registered();
        const [run, change] = [await importing(test, rowOf('core-1', 'changed')), await test.get(ChangeDevice)];

        const ended = await race({
          importer: ({ signal }) => run(signal),
          other: ({ signal }) => change.execute({ id, basedOn, changes: { model: 'eos' } }, { signal }),
        });

        expect(ended.of('importer').ended).to.equal('fulfilled');
        const other = ended.of('other');
        expect('kind' in other ? other.kind : other.ended).to.be.oneOf(['fulfilled', 'StaleDevice']);
        const [device] = await test.devices();
        expect(device).to.include({ model: 'ios', version: other.ended === 'fulfilled' ? 3 : 2 });
        expect(await test.passwordOf(id)).to.equal('changed');
      },
      options,
    ),
  );

  it(
    'bring back a device that is removed at the same time, or see it go',
    everyOrder(
      t,
      async (test) => {
        const { id } = await test.registered();
        const [run, remove] = [await importing(test, rowOf('core-1', 'changed')), await test.get(RemoveDevice)];

        const ended = await race({
          importer: ({ signal }) => run(signal),
          other: ({ signal }) => remove.execute({ id }, { signal }),
        });

        ended.expect({ fulfilled: 2 });
        const importer = ended.of('importer');
        const report = importer.ended === 'fulfilled' ? importer.value : expect.fail(importer.ended);
        const created = outcomesOf(report as ImportReport).includes('created');
        expect(await test.devices()).to.have.lengthOf(created ? 1 : 0);
      },
      options,
    ),
  );
}

/** What holds wherever an import fails, is stopped or dies, when it is repeated. */
export function importFaults(t: InstalledTest<WiredDevicesTest>): void {
  it(
    'imports each row once, and changes nothing more when it is repeated',
    everyFault(t, {
      given: ({ registered }) => registered({ name: 'core-2' }),
      workflow: async (test, { signal }) => {
        const imported = await (await importing(test, rowOf('core-1'), rowOf('core-2', 'changed')))(signal);
        // It answers what it has done until then, and there is more to do.
        if (imported.ok && imported.value.stopped !== null) signal.throwIfAborted();
        return imported;
      },
      holds: async (test) => {
        const report = expectOk(
          await (
            await importing(test, rowOf('core-1'), rowOf('core-2', 'changed'))
          )(test.signal),
        );

        expect(report).to.deep.include({ stopped: null });
        expect(outcomesOf(report)).to.deep.equal(['unchanged', 'unchanged']);
        const devices = await test.devices();
        expect(devices.map(({ name, version }) => [name, version])).to.deep.equal([
          ['core-1', 1],
          ['core-2', 2],
        ]);
        expect(await test.passwordOf(devices[0]!.id)).to.equal('hunter2');
      },
    }),
  );
}
