import { aDevice } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { aRow, ImportDevicesTest, said } from '../testing/import-devices-test.ts';
import { IMPORT_MS } from './import-devices.ts';

const t = ImportDevicesTest.install();

describe('ImportDevices, interrupted,', () => {
  it(
    'looks again when others register, change or remove a device meanwhile',
    t.test(async (test) => {
      const { run, known, table } = test;
      const steps = [
        () => {},
        () => known({ tags: ['of another'] }),
        () => {},
        () => {},
        () => table.put(sequentialId(100), aDevice({ id: sequentialId(100), version: 9 }).snapshot()),
        () => {},
        () => table.put(sequentialId(100), null),
      ];
      test.meanwhile = () => steps.shift()?.();

      const registered = await run([aRow('core-1')]);
      const changed = await run([aRow('core-1', { port: 23 })]);

      expect([said(registered), said(changed)]).to.deep.equal([['2 core-1 unchanged'], ['2 core-1 created']]);
    }),
  );

  it(
    'gives up a row whose device others never stop changing',
    t.test(async (test) => {
      await test.known();
      let version = 1;
      test.meanwhile = () => test.holding(aDevice({ id: sequentialId(100), version: (version += 1) }));

      const report = await test.run([aRow('core-1', { port: 23 }), aRow('core-2')]);

      expect(said(report)).to.deep.equal(['2 core-1 StaleDevice', '3 core-2 created']);
    }),
  );

  it(
    'says what it has done when its time is up, and goes on when it is asked again',
    t.test(async (test) => {
      const rows = ['core-1', 'core-2', 'core-3'].map((name) => aRow(name));
      let transactions = 0;
      test.meanwhile = () => {
        transactions += 1;
        return transactions === 3 ? test.clock.advance(IMPORT_MS) : undefined;
      };

      const stopped = await test.run(rows);
      const resumed = await test.run(rows);

      expect(said(stopped)).to.deep.equal(['2 core-1 created', '3 core-2 created']);
      expect(stopped.stopped).to.deep.equal({ line: 4, why: 'time is up' });
      expect(said(resumed)).to.deep.equal(['2 core-1 unchanged', '3 core-2 unchanged', '4 core-3 created']);
    }),
  );

  it(
    'says what it has done when it is cancelled',
    t.test(async (test) => {
      const caller = new AbortController();
      test.meanwhile = () => {
        if (test.table.all().length === 1) caller.abort(new Error('stopped by the caller'));
      };

      const report = await test.run([aRow('core-1'), aRow('core-2'), aRow('core-3')], {}, caller.signal);

      expect(said(report)).to.deep.equal(['2 core-1 created']);
      expect(report.stopped).to.deep.equal({ line: 3, why: 'cancelled' });
      expect(test.table.all()).to.have.lengthOf(1);
    }),
  );
});
