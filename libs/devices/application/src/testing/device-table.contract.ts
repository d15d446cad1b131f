import { contract, expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { DEVICE_COLUMNS, DeviceTable, type DeviceTableRow } from '../ports/device-table.ts';

export type DeviceTableUnderTest = {
  readonly table: DeviceTable;
  /** A file with a table of these cells, the first of which name the columns. */
  readonly file: (cells: readonly (readonly string[])[]) => string;
  /** The test's. */
  readonly signal: AbortSignal;
};

const limits = { rows: 3, bytes: 1_000 };

/** The bytes of a text, one by one. */
export async function* byteByByte(text: string): AsyncGenerator<Uint8Array> {
  for (const byte of new TextEncoder().encode(text)) yield Uint8Array.of(byte);
}

/** A row with its secrets in clear: they hide from comparison too. */
export function revealedRow({ password, privateKey, passphrase, ...row }: DeviceTableRow): object {
  const secrets = { password, privateKey, passphrase };
  return {
    ...row,
    ...Object.fromEntries(Object.entries(secrets).flatMap(([key, secret]) => (secret ? [[key, secret.reveal()]] : []))),
  };
}

/** What every {@link DeviceTable} promises. */
export const deviceTableContract = contract(DeviceTable, (open: () => DeviceTableUnderTest) => {
  const start = () => {
    const { table, file, signal } = open();
    const read = (...cells: readonly (readonly string[])[]) => table.read(byteByByte(file(cells)), limits, signal);
    return { table, file, signal, read };
  };

  it('reads all that may be said of a device, from columns in any order', async () => {
    const { read } = start();

    const [row] = expectOk(
      await read(
        ['tags', 'HOST_KEY', 'name', 'address', 'port', 'model', 'enabled', 'username', 'password'],
        [
          'ams; Core  x',
          'ssh-rsa SHA256:abc',
          'Core-1',
          '192.0.2.1',
          '2022',
          'ios',
          'False',
          'backup',
          ' open,"sesame" ',
        ],
      ),
    );

    expect(row && revealedRow(row)).to.deep.equal({
      line: 2,
      name: 'Core-1',
      address: '192.0.2.1',
      port: 2022,
      model: 'ios',
      enabled: false,
      tags: ['ams', 'Core', 'x'],
      username: 'backup',
      password: ' open,"sesame" ',
      hostKey: { algorithm: 'ssh-rsa', fingerprint: 'SHA256:abc' },
      unusable: [],
    });
  });

  it('leaves out what a row does not say', async () => {
    const { read } = start();

    const rows = expectOk(await read(['name', 'tags', 'password'], ['', '', ''], ['core-1', '', '']));

    expect(rows.map(({ line: _, ...row }) => row)).to.deep.equal([
      { name: '', unusable: [] },
      { name: 'core-1', unusable: [] },
    ]);
  });

  it('names the cells that cannot be what they are for, and keeps what they say to itself', async () => {
    const { read } = start();
    const columns = ['name', 'port', 'enabled', 'private_key', 'host_key'];

    const rows = expectOk(
      await read(columns, ['a', '22.5', 'maybe', 'canary', 'SHA256:abc'], ['b', '-1', '', '', 'a b c']),
    );

    expect(rows).to.deep.equal([
      { line: 2, name: 'a', unusable: ['port', 'enabled', 'private_key', 'host_key'] },
      { line: 3, name: 'b', unusable: ['port', 'host_key'] },
    ]);
  });

  it('reads a table without rows', async () => {
    const { read } = start();

    expect(expectOk(await read(['name']))).to.deep.equal([]);
  });

  it('refuses a table with an unknown column, by its place and not by its name', async () => {
    const { read } = start();

    const refusal = expectErr(await read(['name', 'canary'], ['a', 'b']));

    expect(refusal).to.deep.equal({ kind: 'UnknownColumn', column: 2, known: DEVICE_COLUMNS });
  });

  const damaged: Record<string, readonly [readonly (readonly string[])[], number]> = {
    'no line at all': [[], 1],
    'no column for names': [[['address'], ['192.0.2.1']], 1],
    'a column twice': [
      [
        ['name', 'Name'],
        ['a', 'b'],
      ],
      1,
    ],
    'a row with a cell too many': [
      [
        ['name', 'port'],
        ['a', '22'],
        ['b', '22', 'canary'],
      ],
      3,
    ],
    'a row with a cell too few': [[['name', 'port'], ['canary']], 2],
  };
  for (const [what, [cells, line]] of Object.entries(damaged)) {
    it(`refuses a table with ${what}, and says where`, async () => {
      const { read } = start();

      const refusal = expectErr(await read(...cells));

      expect(refusal).to.include({ kind: 'TableUnreadable', line });
      expect(JSON.stringify(refusal)).not.to.include('canary');
    });
  }

  it('takes as many rows and bytes as the limits allow, and refuses more', async () => {
    const { table, file, read, signal } = start();
    const size = (text: string) => new TextEncoder().encode(text).byteLength;
    const text = file([['name'], ['core-1']]);
    const exactly = { rows: 1, bytes: size(text) };

    const rows = expectOk(await read(['name'], ['a'], ['b'], ['c']));
    const tooMany = expectErr(await read(['name'], ['a'], ['b'], ['c'], ['d']));
    const fitting = expectOk(await table.read(byteByByte(text), exactly, signal));
    const tooLarge = expectErr(await table.read(byteByByte(text), { rows: 1, bytes: exactly.bytes - 1 }, signal));

    expect([rows.length, fitting.length]).to.deep.equal([3, 1]);
    expect(tooMany).to.deep.equal({ kind: 'TableTooLarge', ...limits });
    expect(tooLarge).to.deep.equal({ kind: 'TableTooLarge', rows: 1, bytes: exactly.bytes - 1 });
  });

  it('rejects with the error of a file that breaks off', async () => {
    const { table, signal } = start();
    const broken = new Error('the file broke off');
    async function* breaking() {
      yield Uint8Array.of(110);
      throw broken;
    }

    const failure = await table.read(breaking(), limits, signal).catch((error: unknown) => error);

    expect(failure).to.equal(broken);
  });

  it('lets go of a caller that stops, also while it waits for bytes', async () => {
    const { table } = start();
    const stopped = new Error('stopped by the caller');
    const caller = new AbortController();
    const { promise: never, resolve: release } = Promise.withResolvers<void>();
    async function* stalled() {
      yield Uint8Array.of(110);
      await never;
    }

    const reading = table.read(stalled(), limits, caller.signal);
    caller.abort(stopped);
    const answers = await Promise.allSettled([reading, table.read(stalled(), limits, caller.signal)]);
    release();

    const rejected = { status: 'rejected', reason: stopped };
    expect(answers).to.deep.equal([rejected, rejected]);
  });
});
