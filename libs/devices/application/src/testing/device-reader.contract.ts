import { aDevice, aHostKey } from '#devices/domain/testing';
import { ok } from '#kernel';
import { contract, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { DeviceReader } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';

export type DeviceReaderUnderTest = { readonly reader: DeviceReader; readonly transaction: DevicesTransaction };

const untimed = (): AbortSignal => new AbortController().signal;

/** What every {@link DeviceReader} promises about what a transaction has committed. */
export const deviceReaderContract = contract(DeviceReader, (open: () => DeviceReaderUnderTest) => {
  let under: DeviceReaderUnderTest;

  beforeEach(() => {
    under = open();
  });

  const insert = async (...names: string[]) => {
    const devices = names.map((name, index) => aDevice({ id: sequentialId(index + 1), name }));
    for (const device of devices) {
      expectOk(await under.transaction.run((stores) => stores.devices.insert(device), untimed()));
    }
  };
  const pageOf = async (limit: number, after: string | null = null) =>
    (await under.reader.page({ after, limit }, untimed())).map(({ name }) => name);

  it('shows a device with everything but its credentials', async () => {
    const device = aDevice({ hostKey: { ...aHostKey() } });
    expectOk(await under.transaction.run(({ devices }) => devices.insert(device), untimed()));

    const found = await under.reader.find(sequentialId(1), untimed());
    const [listed] = await under.reader.page({ after: null, limit: 1 }, untimed());

    const { credentials: _, ...view } = device.snapshot();
    expect([found, listed]).to.deep.equal([view, view]);
  });

  it('finds nothing where there is no device', async () => {
    expect(await under.reader.find(sequentialId(99), untimed())).to.equal(null);
    expect(await pageOf(10)).to.deep.equal([]);
  });

  it('sees nothing of a transaction that has not ended', async () => {
    const seen = await under.transaction.run(async ({ devices }) => {
      await devices.insert(aDevice());
      return ok([await under.reader.find(sequentialId(1), untimed()), await pageOf(10)]);
    }, untimed());

    expect(seen).to.deep.equal(ok([null, []]));
  });

  it('goes by name, character by character, whatever the language of the database', async () => {
    await insert('b', 'a1', 'a-1', 'a.1', 'a', '10', '9');

    expect(await pageOf(10)).to.deep.equal(['10', '9', 'a', 'a-1', 'a.1', 'a1', 'b']);
  });

  it('goes on after the name it was given, also when no device has it', async () => {
    await insert('a', 'b', 'c', 'd', 'e');

    const pages = [
      await pageOf(2),
      await pageOf(2, 'b'),
      await pageOf(2, 'bb'),
      await pageOf(2, 'd'),
      await pageOf(2, 'e'),
    ];

    expect(pages).to.deep.equal([['a', 'b'], ['c', 'd'], ['c', 'd'], ['e'], []]);
  });

  it('does not read for a caller that has stopped', async () => {
    const stopped = new Error('stopped by the caller');
    const signal = AbortSignal.abort(stopped);

    const answers = await Promise.allSettled([
      under.reader.find(sequentialId(1), signal),
      under.reader.page({ after: null, limit: 1 }, signal),
    ]);

    const rejected = { status: 'rejected', reason: stopped };
    expect(answers).to.deep.equal([rejected, rejected]);
  });
});
