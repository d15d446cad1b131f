import { aDevice, aHostKey } from '#devices/domain/testing';
import { ok } from '#kernel';
import { contract, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { DeviceReader, type DevicePlace } from '../ports/device-reader.ts';
import type { DevicesTransaction } from '../ports/devices-transaction.ts';
import { listsAreKept } from './device-lists.contract.ts';

const BY_NAME = { selection: {}, sort: { field: 'name', descending: false } } as const;
/** Behind every device of this name, whether there is one or not. */
const behind = (name: string): DevicePlace => ({ value: name, id: sequentialId(99) });

export type DeviceReaderUnderTest = {
  readonly reader: DeviceReader;
  readonly transaction: DevicesTransaction;
  /** The test's. */
  readonly signal: AbortSignal;
};

/** The reader with the few calls that every test of it makes. */
function startReader({ reader, transaction, signal }: DeviceReaderUnderTest) {
  const insert = async (...names: string[]) => {
    const devices = names.map((name, index) => aDevice({ id: sequentialId(index + 1), name }));
    for (const device of devices) {
      expectOk(await transaction.run((stores) => stores.devices.insert(device), signal));
    }
  };
  const pageOf = async (limit: number, after: DevicePlace | null = null) =>
    (await reader.page({ ...BY_NAME, after, limit }, signal)).map(({ name }) => name);
  return { reader, transaction, signal, insert, pageOf };
}

/** What every {@link DeviceReader} promises about what a transaction has committed. */
export const deviceReaderContract = contract(DeviceReader, (open: () => DeviceReaderUnderTest) => {
  const start = () => startReader(open());

  it('shows a device with everything but its credentials', async () => {
    const { reader, transaction, signal } = start();
    const device = aDevice({ hostKey: { ...aHostKey() } });
    expectOk(await transaction.run(({ devices }) => devices.insert(device), signal));

    const found = await reader.find(sequentialId(1), signal);
    const [listed] = await reader.page({ ...BY_NAME, after: null, limit: 1 }, signal);

    const { credentials: _, ...view } = device.snapshot();
    expect([found, listed]).to.deep.equal([view, view]);
  });

  it('finds nothing where there is no device', async () => {
    const { reader, signal, pageOf } = start();

    expect(await reader.find(sequentialId(99), signal)).to.equal(null);
    expect(await pageOf(10)).to.deep.equal([]);
  });

  it('sees nothing of a transaction that has not ended', async () => {
    const { reader, transaction, signal, pageOf } = start();

    const seen = await transaction.run(async ({ devices }) => {
      await devices.insert(aDevice());
      return ok([await reader.find(sequentialId(1), signal), await pageOf(10)]);
    }, signal);

    expect(seen).to.deep.equal(ok([null, []]));
  });

  it('goes by name, character by character, whatever the language of the database', async () => {
    const { insert, pageOf } = start();
    await insert('b', 'a1', 'a-1', 'a.1', 'a', '10', '9');

    expect(await pageOf(10)).to.deep.equal(['10', '9', 'a', 'a-1', 'a.1', 'a1', 'b']);
  });

  it('goes on after the name it was given, also when no device has it', async () => {
    const { insert, pageOf } = start();
    await insert('a', 'b', 'c', 'd', 'e');

    const pages = [
      await pageOf(2),
      await pageOf(2, behind('b')),
      await pageOf(2, behind('bb')),
      await pageOf(2, behind('d')),
      await pageOf(2, behind('e')),
    ];

    expect(pages).to.deep.equal([['a', 'b'], ['c', 'd'], ['c', 'd'], ['e'], []]);
  });

  it('does not read for a caller that has stopped', async () => {
    const { reader } = start();
    const stopped = new Error('stopped by the caller');
    const aborted = AbortSignal.abort(stopped);

    const answers = await Promise.allSettled([
      reader.find(sequentialId(1), aborted),
      reader.page({ ...BY_NAME, after: null, limit: 1 }, aborted),
      reader.tags({ after: null, limit: 1 }, aborted),
    ]);

    const rejected = { status: 'rejected', reason: stopped };
    expect(answers).to.deep.equal([rejected, rejected, rejected]);
  });

  listsAreKept(open);
});
