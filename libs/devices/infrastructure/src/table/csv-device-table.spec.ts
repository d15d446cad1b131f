import { byteByByte, deviceTableContract, revealedRow } from '#devices/application/testing';
import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { fc } from '#testing/properties';
import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import { CsvDeviceTable } from './csv-device-table.ts';

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const csv = (cells: readonly (readonly string[])[], newLine = '\n'): string =>
  cells.map((row) => row.map(quoted).join(',') + newLine).join('');
const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'prime256v1',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'sec1', format: 'pem' },
});

class CsvTest extends AsyncTestBase {
  readonly table = new CsvDeviceTable();

  read(text: string | Uint8Array) {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const limits = { rows: 10_000, bytes: 1_000_000 };
    return this.table.read([bytes] as unknown as AsyncIterable<Uint8Array>, limits, this.signal);
  }
}

const t = CsvTest.install();

describe('CsvDeviceTable', () => {
  deviceTableContract.holdsFor(
    CsvDeviceTable,
    t.opens(({ table, signal }) => ({ table, file: csv, signal })),
  );

  it(
    'says on which line a row begins, whatever ends the lines and however many a cell has',
    t.test(async ({ read }) => {
      for (const newLine of ['\n', '\r\n']) {
        const text = ['name,private_key', '', `a,"${privateKey.trim().replaceAll('\n', newLine)}"`, 'b,', '', 'c,', ''];

        const rows = expectOk(await read(text.join(newLine)));

        const second = 3 + privateKey.trim().split('\n').length;
        expect(rows.map(({ line }) => line)).to.deep.equal([3, second, second + 2]);
        expect(rows[0]).to.have.property('privateKey');
      }
    }),
  );

  it(
    'takes a byte order mark, a last line without an end, and cells without quotes',
    t.test(async ({ read }) => {
      const rows = expectOk(await read('\uFEFFname,username\r\ncore-1,Zoë'));

      expect(rows.map(revealedRow)).to.deep.equal([{ line: 2, name: 'core-1', username: 'Zoë', unusable: [] }]);
    }),
  );

  it(
    'reads any text as it was written, in whatever pieces it arrives',
    t.test(async ({ table, signal }) => {
      const piece = fc.constantFrom('a', ',', '"', '\n', '\r', ' ', ';', 'é', '\u{1F600}', '\uFEFF', "'");
      const cell = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
      const limits = { rows: 10, bytes: 10_000 };
      await fc.assert(
        fc.asyncProperty(cell, fc.constantFrom('\n', '\r\n'), async (password, newLine) => {
          const text = csv(
            [
              ['name', 'password'],
              ['a', password],
              ['b', ''],
            ],
            newLine,
          );

          const rows = expectOk(await table.read(byteByByte(text), limits, signal));

          const newLines = password.split('\n').length - 1;
          expect(rows.map(({ line }) => line)).to.deep.equal([2, 3 + newLines]);
          expect(rows[0]?.password?.reveal() ?? '').to.equal(password);
        }),
        { numRuns: 30 },
      );
    }),
  );

  const damages = {
    'a quote that is not closed': ['name,password\na,b\nc,"canary\n\n', 3],
    'a quote in the middle of a cell': ['name,password\na,b\n\nc,can"ary\n', 4],
    'something behind a quote': ['name,password\na,"can"ary\n', 2],
    'a row without an end': [`name,password\na,${'canary'.repeat(20_000)}\n`, 2],
    'bytes that are not UTF-8': [Uint8Array.of(110, 97, 109, 101, 10, 255, 10), 2],
    'a character that no database stores': ['name\na\0b\n', 2],
    'half a character at the end': [Uint8Array.of(110, 97, 109, 101, 10, 195), 2],
  } as const;
  for (const [what, [text, line]] of Object.entries(damages)) {
    it(
      `refuses ${what}, and does not repeat it`,
      t.test(async ({ read }) => {
        const refusal = expectErr(await read(text));

        expect(refusal).to.include({ kind: 'TableUnreadable', line });
        expect(JSON.stringify(refusal)).not.to.include('can');
      }),
    );
  }

  it(
    'does not take for a login what is longer than one',
    t.test(async ({ read }) => {
      const row = ['a', 'u'.repeat(65), 'p'.repeat(1_025), 'x'.repeat(1_025)];

      const [read1] = expectOk(await read(csv([['name', 'username', 'password', 'passphrase'], row])));

      expect(read1).to.deep.equal({ line: 2, name: 'a', unusable: ['passphrase', 'username', 'password'] });
    }),
  );
});
