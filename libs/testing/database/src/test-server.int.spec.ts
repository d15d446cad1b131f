import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { library } from './fixtures/library.ts';
import { runMocha, startMocha, type Where } from './fixtures/run-mocha.ts';
import { until } from './fixtures/until.ts';
import { testPostgres } from './test-postgres.ts';
import { testServer } from './test-server.ts';
import { useDatabase } from './use-database.ts';

const REPOSITORY = join(import.meta.dirname, '../../../..');

async function firstLines(stream: Readable, count: number): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    if (lines.length === count) break;
  }
  return lines;
}

describe('The test server', function () {
  this.timeout(60_000);
  const database = useDatabase(library);

  const gone = (folder: string): Promise<void> => until(() => !existsSync(folder));
  const databasesOf = async (run: string): Promise<unknown[]> =>
    (await (await testServer()).admin.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [run]))
      .rows;
  const runOf = ({ url }: { readonly url: string }): string => new URL(url).pathname.slice(1).replace(/_c\d+$/, '');

  it('goes with its run, and lets that end', async () => {
    const { report, where } = await runMocha(['tells-where.fixture.ts']);

    expect(report.passes).to.have.lengthOf(1);
    await gone(where[0]!.folder);
  });

  it('leaves the cluster of a failed test, which a command opens', async () => {
    const { report } = await runMocha(['failing.fixture.ts'], { PATH: process.env['PATH'] });
    const [, link = ''] = /npm run test:database -- (\S+)/.exec(report.failures[0]?.err.message ?? '') ?? [];
    const command = spawn(process.execPath, ['libs/platform/database/src/testing/open-kept.ts', link], {
      cwd: REPOSITORY,
    });
    const folder = realpathSync(join(REPOSITORY, link));

    const [, url] = (await firstLines(command.stdout, 2)) as [string, string];
    const source = await (await testPostgres()).open({ url: url.trim(), schemas: [] });
    const rows: unknown[] = await source.query('SELECT id FROM shelves');
    await source.destroy();
    command.kill('SIGINT');
    await once(command, 'close');

    expect(rows).to.deep.equal([{ id: 1 }, { id: 2 }]);
    await runMocha(['tells-where.fixture.ts']);
    expect(existsSync(folder)).to.equal(false);
  });

  it('goes with a run that is killed', async () => {
    const mocha = startMocha(['tells-where.fixture.ts', '--linger']);
    const [line] = (await once(createInterface({ input: mocha.stderr! }), 'line')) as [string];
    const { folder } = JSON.parse(line) as Where;
    expect(existsSync(folder)).to.equal(true);

    mocha.kill('SIGKILL');

    await gone(folder);
  });

  it('is not started where no test needs it', async () => {
    const { report } = await runMocha(['no-database.fixture.ts', '--grep', 'needs none'], {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing',
    });

    expect(report.passes.map(({ title }) => title)).to.deep.equal(['needs none']);
  });

  it('is one for each worker of a parallel run, and all go', async () => {
    const { report, where } = await runMocha([
      '--parallel',
      '--jobs',
      '2',
      'tells-where.fixture.ts',
      'tells-where-too.fixture.ts',
    ]);

    expect(report.failures).to.deep.equal([]);
    expect(where).to.have.lengthOf(2);
    for (const { folder } of where) await gone(folder);
  });

  it('is that of DATABASE_URL where it is set, and only databases of its own come and go there', async () => {
    const { report, where } = await runMocha(['tells-where.fixture.ts'], { DATABASE_URL: (await testServer()).url });

    expect(report.passes).to.have.lengthOf(1);
    expect(new URL(where[0]!.url).port).to.equal(new URL(database.url).port);
    expect(where[0]!.url).not.to.equal(database.url);
    expect(await databasesOf(runOf(where[0]!))).to.deep.equal([]);
  });

  it('is rid of what a killed run left there, by the next one', async () => {
    const env = { DATABASE_URL: (await testServer()).url };
    const mocha = startMocha(['tells-where.fixture.ts', '--linger'], env);
    const [line] = (await once(createInterface({ input: mocha.stderr! }), 'line')) as [string];
    const killed = JSON.parse(line) as Where;
    mocha.kill('SIGKILL');
    await once(mocha, 'close');
    expect(await databasesOf(runOf(killed))).to.have.lengthOf(3);

    await runMocha(['tells-where.fixture.ts'], env);

    expect(await databasesOf(runOf(killed))).to.deep.equal([]);
    expect(await databasesOf(runOf(database))).not.to.deep.equal([]);
  });
});
