import { parseDeviceDetails, type Device, type DeviceDetailsText } from '#devices/domain';
import { aDevice, aHostKey } from '#devices/domain/testing';
import { err, ok, type Result } from '#kernel';
import { contract, expectErr, expectOk, sequentialId } from '#kernel/testing';
import { gate, race, type RaceOptions } from '#testing/concurrency';
import { expect } from 'chai';
import { Devices } from '../ports/devices.ts';
import type { DevicesStores, DevicesTransaction } from '../ports/devices-transaction.ts';
import { locksAndTagsAreKept } from './device-locks.contract.ts';

const later = new Date('2026-01-02T03:04:05.678Z');
const rejectionOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('It succeeded.'),
    (reason: unknown) => reason,
  );

/** A store with no device in it. */
export type DevicesUnderTest = {
  readonly transaction: DevicesTransaction;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Where the devices are, if that is a database: its races are put to the test there. */
  readonly database?: RaceOptions['on'];
};

/** The devices with the few calls that every test of them makes. */
function startDevices({ transaction, signal, database }: DevicesUnderTest) {
  const within = <T, E>(work: (stores: DevicesStores) => Promise<Result<T, E>>): Promise<Result<T, E>> =>
    transaction.run(work, signal);
  const insert = (device: Device) => within(({ devices }) => devices.insert(device));
  const stored = async (position = 1) =>
    expectOk(await within(async ({ devices }) => ok(await devices.find(sequentialId(position)))))?.snapshot() ?? null;
  const change = (device: Device, facts: Partial<DeviceDetailsText>) => {
    const { version, ...snapshot } = device.snapshot();
    const details = expectOk(parseDeviceDetails({ ...snapshot, ...facts }, [snapshot.model]));
    expectOk(device.change({ basedOn: version, details }, later));
    return within(({ devices }) => devices.update(device));
  };
  return { transaction, database, within, insert, stored, change };
}

/** What all {@link Devices} promise inside their transaction, whichever database is behind them. */
export const devicesContract = contract(Devices, (open: () => DevicesUnderTest) => {
  const start = () => startDevices(open());

  it('gives a device back as it was inserted', async () => {
    const { insert, stored } = start();
    const device = aDevice({ hostKey: { ...aHostKey() }, changedAt: later, enabled: false, tags: ['ams', 'core'] });

    expectOk(await insert(device));

    expect(await stored()).to.deep.equal(device.snapshot());
  });

  it('gives a device back as it was changed', async () => {
    const { insert, stored, change } = start();
    const device = aDevice({ hostKey: { ...aHostKey() } });
    await insert(aDevice());

    expectOk(await change(device, { name: 'edge-1', address: '2001:db8::1', port: 2022 }));

    expect(await stored()).to.deep.equal(device.snapshot());
  });

  it('finds nothing where there is no device', async () => {
    const { stored } = start();

    expect(await stored(99)).to.equal(null);
  });

  it('shows a transaction what it has written itself', async () => {
    const { within } = start();

    const seen = await within(async ({ devices }) => {
      await devices.insert(aDevice());
      return ok((await devices.find(sequentialId(1)))?.snapshot().name);
    });

    expect(seen).to.deep.equal(ok('core-1'));
  });

  it('refuses a name that another device has, to a new device and to a renamed one', async () => {
    const { insert, stored, change } = start();
    await insert(aDevice({ name: 'core-1' }));
    await insert(aDevice({ id: sequentialId(2), name: 'core-2' }));

    const inserted = expectErr(await insert(aDevice({ id: sequentialId(3), name: 'core-1' })));
    const renamed = expectErr(await change(aDevice({ id: sequentialId(2), name: 'core-2' }), { name: 'core-1' }));

    const refusal = { kind: 'DeviceNameTaken', name: 'core-1' };
    expect([inserted, renamed]).to.deep.equal([refusal, refusal]);
    expect([await stored(2), await stored(3)]).to.deep.equal([
      aDevice({ id: sequentialId(2), name: 'core-2' }).snapshot(),
      null,
    ]);
  });

  it('gives a name away again when its device is removed or renamed', async () => {
    const { within, insert, change } = start();
    await insert(aDevice());
    await within(async ({ devices }) => ok(await devices.remove(sequentialId(1))));
    const second = aDevice({ id: sequentialId(2) });

    expectOk(await insert(second));
    expectOk(await change(second, { name: 'core-2' }));
    expectOk(await insert(aDevice({ id: sequentialId(3) })));
  });

  it('gives a name to one of eight that want it at once, and refuses the other seven', async () => {
    const { database, insert, stored } = start();
    const rivals = Array.from({ length: 8 }, (_, index) => aDevice({ id: sequentialId(index + 1) }));

    const outcomes = await race(8, ({ index }) => insert(rivals[index]!), { on: database });

    outcomes.expect({ fulfilled: 1, 'refused DeviceNameTaken': 7 });
    const refusal = { kind: 'DeviceNameTaken', name: 'core-1' };
    expect(outcomes.refusals).to.deep.equal(Array.from({ length: 7 }, () => refusal));
    const there = await Promise.all(rivals.map((_, index) => stored(index + 1)));
    expect(there.filter((found) => found !== null)).to.have.lengthOf(1);
  });

  it('gives a name to whoever waited for it when the first to ask gives it up', async () => {
    const { within, insert } = start();
    const [asked, surrendering] = [gate('the first to ask'), gate('the surrender')];
    const first = within(async ({ devices }) => {
      expectOk(await devices.insert(aDevice()));
      asked.open();
      await surrendering.passed();
      return err({ kind: 'Surrendered' });
    });
    await asked.passed();

    const second = insert(aDevice({ id: sequentialId(2) }));
    surrendering.open();

    expectErr(await first);
    expectOk(await second);
  });

  it('lets one of eight changes of the same version win, and refuses the others as stale', async () => {
    const { database, insert, stored, change } = start();
    await insert(aDevice());

    const outcomes = await race(
      8,
      async ({ index }) => {
        const port = 2_000 + index;
        const changed = await change(aDevice(), { port });
        return changed.ok ? ok(port) : changed;
      },
      { on: database },
    );

    outcomes.expect({ fulfilled: 1, 'refused StaleDevice': 7 });
    const stale = { kind: 'StaleDevice', deviceId: sequentialId(1), version: 1 };
    expect(outcomes.refusals).to.deep.equal(Array.from({ length: 7 }, () => stale));
    expect(await stored()).to.include({ version: 2, port: outcomes.winner().value });
  });

  it('removes a device once, and refuses changes to it from then on', async () => {
    const { within, insert, stored, change } = start();
    await insert(aDevice());
    const remove = () => within(async ({ devices }) => ok(await devices.remove(sequentialId(1))));

    expect([await remove(), await remove()]).to.deep.equal([ok(true), ok(false)]);
    expect(expectErr(await change(aDevice(), { port: 2022 })).kind).to.equal('StaleDevice');
    expect(await stored()).to.equal(null);
  });

  it('undoes everything when the work is refused', async () => {
    const { within, insert, stored } = start();
    await insert(aDevice());

    const outcome = await within(async ({ devices }) => {
      await devices.remove(sequentialId(1));
      await devices.insert(aDevice({ id: sequentialId(2) }));
      return err({ kind: 'Refused' });
    });

    expect(outcome).to.deep.equal(err({ kind: 'Refused' }));
    expect([await stored(1), await stored(2)]).to.deep.equal([aDevice().snapshot(), null]);
  });

  it('undoes everything when the work throws, and throws the same', async () => {
    const { within, stored } = start();
    const defect = new Error('a defect');

    const failure = await rejectionOf(
      within(async ({ devices }) => {
        await devices.insert(aDevice());
        throw defect;
      }),
    );

    expect(failure).to.equal(defect);
    expect(await stored()).to.equal(null);
  });

  it('undoes everything when the caller stops, and rejects with the reason', async () => {
    const { transaction, stored } = start();
    const caller = new AbortController();
    const stopped = new Error('stopped by the caller');

    const failure = await rejectionOf(
      transaction.run(async ({ devices }) => {
        await devices.insert(aDevice());
        caller.abort(stopped);
        return devices.insert(aDevice({ id: sequentialId(2), name: 'core-2' }));
      }, caller.signal),
    );

    expect(failure).to.equal(stopped);
    expect([await stored(1), await stored(2)]).to.deep.equal([null, null]);
  });

  it('lets go of a caller that stops while it waits for a name, and of nobody else', async () => {
    const { transaction, within, stored } = start();
    const caller = new AbortController();
    const stopped = new Error('stopped by the caller');

    const outcome = await within(async ({ devices }) => {
      expectOk(await devices.insert(aDevice()));
      const waiting = transaction.run(
        (others) => others.devices.insert(aDevice({ id: sequentialId(2) })),
        caller.signal,
      );
      caller.abort(stopped);
      return ok(await rejectionOf(waiting));
    });

    expect(outcome).to.deep.equal(ok(stopped));
    expect([await stored(1), await stored(2)]).to.deep.equal([aDevice().snapshot(), null]);
  });

  it('does not begin for a caller that has stopped', async () => {
    const { transaction } = start();
    const stopped = new Error('stopped by the caller');

    const failure = await rejectionOf(
      transaction.run(async () => expect.fail('It began.'), AbortSignal.abort(stopped)),
    );

    expect(failure).to.equal(stopped);
  });

  locksAndTagsAreKept(open);
});
