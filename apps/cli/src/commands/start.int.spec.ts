import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { AsyncTestBase, eventually } from '#testing/lifecycle';
import { processesMentioning, TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';
import type { Summary } from '../demo/summary.ts';

const MAIN = join(import.meta.dirname, '../main.ts');
/** The embedded PostgreSQL of a root user runs as somebody else, who has to get at its data. */
const PASSABLE = 0o711;
const END_MS = 30_000;

class StartTest extends AsyncTestBase {
  folder!: TemporaryFolder;

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make({ mode: PASSABLE }), { within: END_MS });
    this.defer(() => this.untilNothingIsLeft(new AbortController().signal), 'the end of all that was started', {
      within: END_MS,
    });
  }

  /** `DATABASE_URL` is not handed on: these tests are about the embedded server. */
  launch(arguments_: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<TestProcess> {
    const { DATABASE_URL: _, ...rest } = process.env;
    const settings = { ...rest, LOCKSTEP_ENV_FILE: devNull, LOCKSTEP_DATA_DIR: this.folder.path, ...env };
    return this.use(TestProcess.node([MAIN, 'start', ...arguments_], { env: settings }));
  }

  /** What a command says beside it. */
  async lockstep(args: readonly string[]): Promise<string> {
    const env = { LOCKSTEP_ENV_FILE: devNull, LOCKSTEP_DATA_DIR: this.folder.path };
    const command = await this.use(TestProcess.node([MAIN, ...args], { env }));
    await command.ended;
    return command.written.stdout;
  }

  /** One that serves, and what it says then. */
  async serving(): Promise<{ readonly child: TestProcess; readonly welcome: string }> {
    const child = await this.launch([], { LOCKSTEP_HTTP_PORT: '0' });
    await child.says(/Ctrl-C ends/, this.signal);
    return { child, welcome: child.written.stdout };
  }

  /** Every process that was started for this test's folder, whoever its parent is by now. */
  leftovers(): Promise<readonly string[]> {
    return processesMentioning(this.folder.path);
  }

  async pidOf(app: 'api' | 'worker'): Promise<number> {
    const line = (await this.leftovers()).find((command) => command.includes(`apps/${app}/src/main.ts`));
    if (line === undefined) throw new Error(`There is no ${app}.`);
    return Number.parseInt(line, 10);
  }

  async untilNothingIsLeft(signal = this.signal): Promise<void> {
    const probe = async (): Promise<boolean> => (await this.leftovers()).length === 0;
    await eventually({ what: 'the last process to end', probe, within: END_MS - 1_000 }, signal);
  }
}

const t = StartTest.install();

describe('lockstep start', function () {
  this.timeout(180_000);

  it(
    'backs the fleet up twice, shows the one change, and leaves nothing running',
    t.test(async (test) => {
      const child = await test.launch(['--once', '--json']);
      const code = await child.ended;

      const summary = JSON.parse(child.written.stdout) as Summary;
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
      const { child: first } = await test.serving();
      expect(await test.leftovers()).to.have.length.above(2);

      first.signal('SIGKILL');
      await test.untilNothingIsLeft();
      const second = await test.launch(['--once', '--json']);
      const code = await second.ended;

      expect(JSON.parse(second.written.stdout)).to.deep.include({ devices: 14, stored: 1, unchanged: 27, failed: 0 });
      expect(code).to.equal(0);
    }),
  );

  it(
    'serves until ctrl-C, then ends everything and exits with 0',
    t.test(async (test) => {
      const { child, welcome } = await test.serving();
      const url = /API +(\S+)/.exec(welcome)?.[1];
      const token = /Token +(\S+)/.exec(welcome)?.[1];

      const answer = await fetch(`${url}/devices`, {
        headers: { authorization: `Bearer ${token}` },
        signal: test.signal,
      });
      const refused = await fetch(`${url}/devices`, { signal: test.signal });
      const beside = await test.lockstep(['backup', 'list', 'ams-ios', '--json']);
      child.signal('SIGINT');
      const code = await child.exited;

      expect([answer.status, refused.status]).to.deep.equal([200, 401]);
      expect(JSON.parse(beside)).to.have.property('items').with.length(1);
      expect(await readFile(test.folder.at('token'), 'utf8')).to.include(token);
      expect(code).to.equal(0);
      expect(await test.leftovers()).to.deep.equal([]);
    }),
  );

  it(
    'starts a worker again that was killed, and still ends well',
    t.test(async (test) => {
      const { child } = await test.serving();
      const killed = await test.pidOf('worker');

      process.kill(killed, 'SIGKILL');
      const next = await test.eventually({
        what: 'another worker',
        within: 30_000,
        probe: async () => (await test.pidOf('worker').catch(() => killed)) !== killed,
      });
      child.signal('SIGINT');
      const code = await child.exited;

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

      const child = await test.launch([], { LOCKSTEP_HTTP_PORT: String(port) });
      const code = await child.ended;

      expect(code).to.equal(1);
      expect(child.written.stderr).to.include('LOCKSTEP_HTTP_PORT');
      expect(await test.leftovers()).to.deep.equal([]);
    }),
  );

  it(
    'refuses a call that makes no sense before it starts anything',
    t.test(async (test) => {
      const child = await test.launch(['--json']);
      const code = await child.ended;

      expect(code).to.equal(2);
      expect(child.written.stderr).to.include('add --once');
    }),
  );
});
