import { aHostKey } from '#devices/domain/testing';
import { Secret } from '#kernel';
import { expectErr, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import type { DeviceTable, DeviceTableRow } from '../ports/device-table.ts';
import { aPassword } from '../testing/a-password.ts';
import { byteByByte } from '../testing/device-table.contract.ts';
import { aRow, ImportDevicesTest, said } from '../testing/import-devices-test.ts';
import { ImportDevices } from './import-devices.ts';

const hostKey = { ...aHostKey() };

const t = ImportDevicesTest.install();

describe('ImportDevices', () => {
  it(
    'registers what is new with all that its row says',
    t.test(async ({ run, table, credentialsOf }) => {
      const facts = { port: 2022, enabled: false, tags: ['Edge', 'ams'], hostKey };

      const report = await run([aRow('Core-1', facts), aRow('core-2', { address: '192.0.2.2' })]);

      expect(report).to.deep.equal({
        dryRun: false,
        rows: [
          { line: 2, name: 'Core-1', outcome: 'created', deviceId: sequentialId(1) },
          { line: 3, name: 'core-2', outcome: 'created', deviceId: sequentialId(2) },
        ],
        stopped: null,
      });
      expect(table.get(sequentialId(1))).to.deep.include({
        ...facts,
        name: 'core-1',
        tags: ['ams', 'edge'],
        version: 1,
      });
      expect(table.get(sequentialId(2))).to.deep.include({ port: 22, enabled: true, tags: [], hostKey: null });
      expect(await credentialsOf(1)).to.deep.equal(aPassword());
    }),
  );

  it(
    'brings a device to what its row says in one version, and leaves what it does not say',
    t.test(async ({ run, known, table, credentialsOf }) => {
      await known({ tags: ['core'], hostKey });
      const password = new Secret('correct horse');
      const { line, name, unusable } = aRow('core-1');

      const report = await run([{ line, name, unusable, port: 2022, hostKey, username: 'root', password }]);

      expect(said(report)).to.deep.equal(['2 core-1 updated']);
      const changed = { address: '192.0.2.1', port: 2022, tags: ['core'], hostKey, version: 2 };
      expect(table.get(sequentialId(100))).to.deep.include(changed);
      expect(await credentialsOf(100)).to.deep.equal({ kind: 'password', username: 'root', password });
    }),
  );

  it(
    'changes nothing when it is given the same table again',
    t.test(async ({ run, table }) => {
      const privateKey = new Secret('PEM');
      const { password: _, ...keyless } = aRow('core-2', { privateKey, passphrase: new Secret('open'), hostKey });
      const rows = [aRow('core-1', { tags: ['b', 'a'], enabled: false }), keyless];
      await run(rows);
      const before = table.all();

      const report = await run(rows);

      expect(said(report)).to.deep.equal(['2 core-1 unchanged', '3 core-2 unchanged']);
      expect(table.all()).to.deep.equal(before);
    }),
  );

  for (const [what, changed] of Object.entries({
    username: { username: 'root' },
    password: { password: new Secret('other') },
  })) {
    it(
      `seals credentials again when another ${what} is given`,
      t.test(async ({ run, known }) => {
        await known();

        expect(said(await run([aRow('core-1', changed)]))).to.deep.equal(['2 core-1 updated']);
      }),
    );
  }

  it(
    'replaces credentials that nobody can open',
    t.test(async ({ run, known, credentialsOf }) => {
      await known({ credentials: { keyId: 'lost', bytes: Uint8Array.of(1) } });

      expect(said(await run([aRow('core-1')]))).to.deep.equal(['2 core-1 updated']);
      expect(await credentialsOf(100)).to.deep.equal(aPassword());
    }),
  );

  for (const [title, onExisting, says] of [
    ['refuses a device that is there', 'refuse', 'DeviceExists'],
    ['passes over a device that is there', 'skip', 'skipped'],
  ] as const) {
    it(
      `${title} when it is told to ${onExisting}, and does the others`,
      t.test(async ({ run, known, table }) => {
        const device = await known();

        const report = await run([aRow('core-1', { port: 2022 }), aRow('core-2')], { onExisting });

        expect(said(report)).to.deep.equal([`2 core-1 ${says}`, '3 core-2 created']);
        expect(table.get(sequentialId(100))).to.deep.equal(device.snapshot());
      }),
    );
  }

  it(
    'says in a rehearsal what it would do, and does nothing',
    t.test(async ({ run, known, table }) => {
      const device = await known();

      const rows = [aRow('core-1', { port: 23 }), aRow('core-2'), aRow('core-2'), aRow('-')];
      const report = await run(rows, { dryRun: true });

      const expected = ['2 core-1 updated', '3 core-2 created', '4 core-2 NameTwice', '5 - InvalidDeviceName'];
      expect([report.dryRun, said(report)]).to.deep.equal([true, expected]);
      expect(table.all()).to.deep.equal([device.snapshot()]);
    }),
  );

  it(
    'does the first row of a name, and says of the others where that is',
    t.test(async ({ run, table }) => {
      const { rows } = await run([aRow('core-1', { port: 1 }), aRow('core-2'), aRow('CORE-1', { port: 2 })]);

      expect(rows[2]).to.deep.include({ outcome: 'refused', refusal: { kind: 'NameTwice', name: 'core-1', line: 2 } });
      expect(table.get(sequentialId(1))).to.include({ port: 1 });
    }),
  );

  const without = (...keys: (keyof DeviceTableRow)[]) => Object.fromEntries(keys.map((key) => [key, undefined]));
  const secret = new Secret('x');
  const refusals: readonly (readonly [string, Partial<DeviceTableRow>, object])[] = [
    ['no name', { name: '' }, { kind: 'MissingCells', columns: ['name'] }],
    ['no address and no model', without('address', 'model'), { kind: 'MissingCells', columns: ['address', 'model'] }],
    ['no login', without('username', 'password'), { kind: 'MissingCells', columns: ['username', 'password'] }],
    ['no user', without('username'), { kind: 'MissingCells', columns: ['username'] }],
    ['no password', without('password'), { kind: 'MissingCells', columns: ['password'] }],
    ['two logins', { privateKey: secret }, { kind: 'ConflictingCells', columns: ['password', 'private_key'] }],
    [
      'a phrase for a password',
      { passphrase: secret },
      { kind: 'ConflictingCells', columns: ['password', 'passphrase'] },
    ],
    [
      'a phrase for nothing',
      { ...without('password'), passphrase: secret },
      { kind: 'MissingCells', columns: ['private_key'] },
    ],
    ['an unusable cell', { unusable: ['port'] }, { kind: 'UnusableCells', columns: ['port'] }],
    ['a port that is none', { port: 70_000 }, { kind: 'InvalidPort', port: 70_000 }],
    ['an unknown model', { model: 'vax' }, { kind: 'UnknownModel', model: 'vax', known: ['eos', 'ios'] }],
    ['a tag that is none', { tags: ['a,b'] }, { kind: 'InvalidTag', tag: 'a,b' }],
    [
      'a key that is none',
      { hostKey: { ...hostKey, fingerprint: '' } },
      { kind: 'InvalidHostKey', algorithm: 'ssh-ed25519', fingerprint: '' },
    ],
  ];
  for (const [what, facts, refusal] of refusals) {
    it(
      `refuses a row with ${what}, and does the next`,
      t.test(async ({ run, table }) => {
        const { rows } = await run([aRow('core-1', facts), aRow('core-2')]);

        expect(rows.map((row) => ('refusal' in row ? row.refusal : row.outcome))).to.deep.equal([refusal, 'created']);
        expect(table.all().map(({ name }) => name)).to.deep.equal(['core-2']);
      }),
    );
  }

  it(
    'does nothing when the table is refused',
    t.test(async ({ transaction, vault, models: catalogue, clock, ids, context }) => {
      const refusal = { kind: 'TableUnreadable', line: 3, reason: 'it is not UTF-8' } as const;
      const table: DeviceTable = { read: async () => ({ ok: false, error: refusal }) };
      const use = new ImportDevices(table, { transaction, vault, catalogue, clock, ids });

      const command = { bytes: byteByByte(''), dryRun: false, onExisting: 'update' } as const;
      const outcome = await use.execute(command, context);

      expect(expectErr(outcome)).to.equal(refusal);
    }),
  );
});
