import { aDevice, aHostKey } from '#devices/domain/testing';
import { sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { DeviceApiTest } from '../testing/device-api-test.ts';

type Row = { readonly name: string; readonly outcome: string; readonly problem: { readonly code: string } | null };
type Request = {
  readonly status: number;
  readonly code: string;
  readonly lines: readonly string[];
  readonly query?: string;
  readonly type?: string;
};
type Report = { readonly counts: object; readonly rows: readonly Row[]; readonly stopped: unknown };

const HEADER = 'name,address,port,model,enabled,tags,username,password,private_key,passphrase,host_key';
const hostKey = `${aHostKey().algorithm} ${aHostKey().fingerprint}`;

class ImportTest extends DeviceApiTest {
  send(lines: readonly string[], query = '', type = 'text/csv') {
    return this.http.post(`/devices/import${query}`, lines.join('\r\n'), { headers: { 'content-type': type } });
  }

  async outcomes(lines: readonly string[], query = ''): Promise<readonly string[]> {
    const { body } = await this.send([HEADER, ...lines], query);
    return (body as unknown as Report).rows.map(({ outcome, problem }) => problem?.code ?? outcome);
  }
}

const t = ImportTest.install();

describe('the import of devices', () => {
  it(
    'reports each row, and counts what became of them',
    t.test(async ({ send, holding, table }) => {
      holding({ id: sequentialId(9), name: 'core-9' });
      const rows = [
        `core-1,192.0.2.1,2022,ios,false,ams core,backup,secret,,,${hostKey}`,
        'core-9,192.0.2.9,,,,,,,,,',
        'core-2,192.0.2.2,22,vax,,,backup,secret,,,',
      ];

      const answer = await send([HEADER, ...rows], '?onExisting=update', 'text/csv; charset=utf-8');

      const unknown = 'There is no model "vax". Use one of: eos, ios.';
      expect([answer.status, answer.body]).to.deep.equal([
        200,
        {
          dryRun: false,
          counts: { created: 1, updated: 1, unchanged: 0, skipped: 0, refused: 1 },
          rows: [
            { line: 2, name: 'core-1', outcome: 'created', deviceId: sequentialId(1), problem: null },
            { line: 3, name: 'core-9', outcome: 'updated', deviceId: sequentialId(9), problem: null },
            {
              line: 4,
              name: 'core-2',
              outcome: 'refused',
              deviceId: null,
              problem: { code: 'unknown-model', detail: unknown },
            },
          ],
          stopped: null,
        },
      ]);
      expect(table.get(sequentialId(1))).to.deep.include({
        port: 2022,
        enabled: false,
        tags: ['ams', 'core'],
        hostKey: { ...aHostKey() },
      });
      expect(table.get(sequentialId(9))).to.include({ address: '192.0.2.9', version: 2 });
    }),
  );

  it(
    'does nothing in a rehearsal, and leaves or refuses what is there as it is told',
    t.test(async ({ outcomes, holding, table }) => {
      holding();
      const rows = ['core-1,192.0.2.9,,,,,,,,,', 'core-2,192.0.2.2,,ios,,,backup,secret,,,'];

      const rehearsed = await outcomes(rows, '?dryRun=true&onExisting=update');
      const refused = await outcomes(rows.slice(0, 1));
      const skipped = await outcomes(rows.slice(0, 1), '?onExisting=skip');

      expect([rehearsed, refused, skipped]).to.deep.equal([['updated', 'created'], ['device-exists'], ['skipped']]);
      expect(table.all()).to.deep.equal([aDevice().snapshot()]);
    }),
  );

  const refusedRows = {
    'missing-cells': 'core-1,,,,,,,,,,',
    'unusable-cells': 'core-1,192.0.2.1,none,ios,,,u,p,,,',
    'conflicting-cells': 'core-1,192.0.2.1,,ios,,,u,p,,phrase,',
    'name-twice': 'Core-0,192.0.2.1,,ios,,,u,p,,,',
    'invalid-tag': 'core-1,192.0.2.1,,ios,,-,u,p,,,',
    'invalid-host-key': 'core-1,192.0.2.1,,ios,,,u,p,,,a b',
  };
  for (const [code, row] of Object.entries(refusedRows)) {
    it(
      `refuses a row as ${code}`,
      t.test(async ({ outcomes }) => {
        const answered = await outcomes(['core-0,192.0.2.1,,ios,,,u,p,,,', row, 'core-2,192.0.2.1,,ios,,,u,p,,,']);

        expect(answered).to.deep.equal(['created', code, 'created']);
      }),
    );
  }

  const requests = {
    'an unknown column': { status: 422, code: 'unknown-column', lines: ['name,colour', 'a,red'] },
    'an open quote': { status: 422, code: 'unreadable-table', lines: ['name', '"a'] },
    'nothing but an empty line': { status: 422, code: 'unreadable-table', lines: ['', ''] },
    'too many rows': {
      status: 413,
      code: 'table-too-large',
      lines: ['name', ...Array.from({ length: 10_001 }, () => 'a')],
    },
    JSON: { status: 415, code: 'unsupported-media-type', lines: ['{}'], type: 'application/json' },
    'plain text': { status: 415, code: 'unsupported-media-type', lines: ['name'], type: 'text/plain' },
    'an unknown option': { status: 400, code: 'invalid-request', lines: ['name'], query: '?onExisting=replace' },
    'an unknown parameter': { status: 400, code: 'invalid-request', lines: ['name'], query: '?dryrun=true' },
  };
  for (const [what, request] of Object.entries(requests)) {
    const { status, code, lines, query, type }: Request = request;
    it(
      `refuses ${what} as ${code}, and does nothing`,
      t.test(async ({ send, table }) => {
        const answer = await send(lines, query, type);

        expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
        expect(table.all()).to.deep.equal([]);
      }),
    );
  }

  it(
    'answers a request without a file',
    t.test(async ({ http }) => {
      const answer = await http.post('/devices/import');

      expect([answer.status, answer.body.code]).to.deep.equal([400, 'invalid-request']);
    }),
  );

  it(
    'never repeats what stands under a login, in an answer or in the log',
    t.test(async ({ send, outcomes, log, table }) => {
      const long = 'canary'.repeat(300);
      const rows = [
        'core-1,192.0.2.1,,ios,,,canary-user,canary-password,,,',
        'core-1,192.0.2.1,,ios,,,canary-user,canary-password,,,',
        'core-2,192.0.2.1,,ios,,,canary-user,canary-password,canary-key,canary-phrase,',
        `core-3,192.0.2.1,,ios,,,${long},${long},,,`,
        'core-4,192.0.2.1,,vax,,,canary-user,canary-password,,,',
        'core-5,192.0.2.1,,ios,,,,canary-password,,,',
      ];

      const answers = [
        await send([HEADER, ...rows], '?onExisting=update'),
        await send([HEADER, ...rows], '?onExisting=refuse'),
        await send([HEADER, ...rows], '?dryRun=true'),
        await send(['canary-password,core-1', ...rows]),
        await send([HEADER, 'core-1,"canary-password']),
        await send([HEADER, 'core-1,,,,,,canary"user,,,,']),
        await send([HEADER, 'core-1,canary-password']),
      ];
      const again = await outcomes(rows.slice(0, 1), '?onExisting=update');

      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 422, 422, 422, 422]);
      expect(JSON.stringify([answers, log])).not.to.match(/canary/);
      expect(again).to.deep.equal(['unchanged']);
      expect(table.all()).to.have.lengthOf(1);
    }),
  );
});
