import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import type { Summary } from '../demo/summary.ts';
import { makeDataFolder } from '../testing/data-folder.ts';
import { processesMentioning } from '../testing/processes-mentioning.ts';

const MAIN = join(import.meta.dirname, '../main.ts');

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

class StartTest extends AsyncTestBase {
  folder = '';

  protected override async setUp(): Promise<void> {
    this.folder = await makeDataFolder();
    this.defer(() => rm(this.folder, { recursive: true, force: true }));
  }

  /** `DATABASE_URL` is not handed on: these tests are about the embedded server. */
  launch(arguments_: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const { DATABASE_URL: _, ...rest } = process.env;
    const child = spawn(process.execPath, [MAIN, 'start', ...arguments_], {
      env: { ...rest, LOCKSTEP_DATA_DIR: this.folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.defer(() => child.kill('SIGKILL'));
    return child;
  }

  async outcomeOf(child: ChildProcess): Promise<Ended> {
    const [out, err, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')]);
    return { code, out, err };
  }

  async untilServing(child: ChildProcess): Promise<string> {
    let seen = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => (seen += chunk));
    child.stderr!.resume();
    return this.eventually({
      what: 'the welcome',
      within: 60_000,
      probe: () => (/Ctrl-C ends/.test(seen) ? seen : null),
    });
  }

  /** Every process that was started for this test's folder, whoever its parent is by now. */
  leftovers(): Promise<string[]> {
    return processesMentioning(this.folder);
  }

  async pidOf(app: 'api' | 'worker'): Promise<number> {
    const line = (await this.leftovers()).find((command) => command.includes(`apps/${app}/src/main.ts`));
    if (line === undefined) throw new Error(`There is no ${app}.`);
    return Number.parseInt(line, 10);
  }

  untilNothingIsLeft(): Promise<unknown> {
    return this.eventually({
      what: 'the last process to end',
      within: 30_000,
      probe: async () => (await this.leftovers()).length === 0,
    });
  }
}

const t = StartTest.install();

describe('lockstep start', function () {
  this.timeout(180_000);

  it(
    'backs the fleet up twice, shows the one change, and leaves nothing running',
    t.test(async (test) => {
      const { code, out } = await test.outcomeOf(test.launch(['--once', '--json']));

      const summary = JSON.parse(out) as Summary;
      expect(summary).to.deep.include({ devices: 14, stored: 15, unchanged: 13, failed: 0, failures: [] });
      expect(summary.changed.map(({ device }) => device)).to.deep.equal(['ams-ios']);
      expect(summary.changed[0]?.diff).to.include('\n+snmp-server location moved to rack 12 in round two\n');
      expect(summary.durationMs).to.be.above(0);
      expect(code).to.equal(0);
      expect(await test.leftovers()).to.deep.equal([]);
    }),
  );

  it(
    'starts again after kill -9, which leaves nothing running either',
    t.test(async (test) => {
      const first = test.launch([], { LOCKSTEP_HTTP_PORT: '0' });
      await test.untilServing(first);
      expect(await test.leftovers()).to.have.length.above(2);

      first.kill('SIGKILL');
      await test.untilNothingIsLeft();
      const { code, out } = await test.outcomeOf(test.launch(['--once', '--json']));

      expect(JSON.parse(out)).to.deep.include({ devices: 14, stored: 1, unchanged: 27, failed: 0 });
      expect(code).to.equal(0);
    }),
  );

  it(
    'serves until ctrl-C, then ends everything and exits with 0',
    t.test(async (test) => {
      const child = test.launch([], { LOCKSTEP_HTTP_PORT: '0' });
      const welcome = await test.untilServing(child);
      const url = /API +(\S+)/.exec(welcome)?.[1];
      const token = /Token +(\S+)/.exec(welcome)?.[1];

      const answer = await fetch(`${url}/devices`, {
        headers: { authorization: `Bearer ${token}` },
        signal: test.signal,
      });
      const refused = await fetch(`${url}/devices`, { signal: test.signal });
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number];

      expect([answer.status, refused.status]).to.deep.equal([200, 401]);
      expect(await readFile(join(test.folder, 'token'), 'utf8')).to.include(token);
      expect(code).to.equal(0);
      expect(await test.leftovers()).to.deep.equal([]);
    }),
  );

  it(
    'starts a worker again that was killed, and still ends well',
    t.test(async (test) => {
      const child = test.launch([], { LOCKSTEP_HTTP_PORT: '0' });
      await test.untilServing(child);
      const killed = await test.pidOf('worker');

      process.kill(killed, 'SIGKILL');
      const next = await test.eventually({
        what: 'another worker',
        within: 30_000,
        probe: async () => (await test.pidOf('worker').catch(() => killed)) !== killed,
      });
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number];

      expect(next).to.equal(true);
      expect(code).to.equal(0);
      expect(await test.leftovers()).to.deep.equal([]);
    }),
  );

  it(
    'says what to do when the port is taken, and leaves nothing running',
    t.test(async (test) => {
      const other = await test.use(createServer().listen(0, '127.0.0.1'));
      await once(other, 'listening');
      const { port } = other.address() as { port: number };

      const { code, err } = await test.outcomeOf(test.launch([], { LOCKSTEP_HTTP_PORT: String(port) }));

      expect(code).to.equal(1);
      expect(err).to.include('LOCKSTEP_HTTP_PORT');
      expect(await test.leftovers()).to.deep.equal([]);
    }),
  );

  it(
    'refuses a call that makes no sense before it starts anything',
    t.test(async (test) => {
      const { code, err } = await test.outcomeOf(test.launch(['--json']));

      expect(code).to.equal(2);
      expect(err).to.include('add --once');
    }),
  );
});
