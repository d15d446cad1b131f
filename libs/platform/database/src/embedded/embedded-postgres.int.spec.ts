import { AsyncTestBase } from '#testing/lifecycle';
import { shared } from '#testing/runtime';
import { expect } from 'chai';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { LauncherProcess, type Behaviour } from '../testing/launcher-process.ts';
import { noneLeftOf, postmasterOf, processesOf } from '../testing/processes-of.ts';
import { folderOf, runners } from '../testing/users.ts';

async function ask<T>(url: string, sql: string): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ answer: T }>(sql)).rows[0]?.answer as T;
  } finally {
    await client.end();
  }
}

for (const runner of runners) {
  /** A cluster with something in it is there. */
  const cluster = shared(
    async () => {
      const folder = folderOf(runner);
      const directory = join(folder.path, 'data');
      await using launcher = new LauncherProcess({ directory, as: runner.as });
      const { url } = await launcher.ready;
      await ask(url, `CREATE TABLE kept AS SELECT 7 AS answer`);
      await launcher.signalGroup('SIGINT');
      return { folder, directory };
    },
    ({ folder }) => folder[Symbol.dispose](),
  );

  class EmbeddedTest extends AsyncTestBase {
    directory = '';

    protected override async setUp(): Promise<void> {
      ({ directory: this.directory } = await cluster());
    }

    readonly launch = (behaviour: Behaviour = 'serve'): Promise<LauncherProcess> =>
      this.use(new LauncherProcess({ directory: this.directory, as: runner.as, behaviour }));
  }

  describe(`EmbeddedPostgres, started by ${runner.name}`, function () {
    this.timeout(30_000);
    const t = EmbeddedTest.install();

    it(
      'keeps what was committed from one start to the next',
      t.test(async (test) => {
        const launcher = await test.launch();

        const { url } = await launcher.ready;

        expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
      }),
    );

    it(
      'survives a crash of the machine: nothing that makes commits durable is switched off',
      t.test(async (test) => {
        const launcher = await test.launch();
        const { url } = await launcher.ready;

        const settings = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'];
        const found = await Promise.all(
          settings.map((name) => ask<string>(url, `SELECT current_setting('${name}') AS answer`)),
        );

        expect(found).to.deep.equal(['on', 'on', 'on', 'on']);
      }),
    );

    it(
      'lets nobody else read the data or the password',
      t.test(async (test) => {
        const { mode: cluster } = await stat(join(test.directory, 'pg18'));
        const { mode: password } = await stat(join(test.directory, 'pg18', 'password'));

        expect([cluster & 0o777, password & 0o777]).to.deep.equal([0o700, 0o600]);
      }),
    );

    it(
      'refuses a connection without the password',
      t.test(async (test) => {
        const launcher = await test.launch();
        const { url } = await launcher.ready;
        const stranger = new URL(url);
        stranger.password = 'guess';

        const outcome = await ask(stranger.href, 'SELECT 1 AS answer').catch((error: { code: string }) => error.code);

        expect(outcome).to.equal('28P01');
      }),
    );

    it(
      'leaves nothing running when its process is killed',
      t.test(async (test) => {
        const launcher = await test.launch();
        await launcher.ready;

        await launcher.signalGroup('SIGKILL');

        await noneLeftOf(test.directory, test.signal);
      }),
    );

    for (const end of ['exit', 'throw', 'return'] as const) {
      it(
        `leaves nothing running when its process ends by ${end}`,
        t.test(async (test) => {
          const launcher = await test.launch(end);
          await launcher.ready;

          await launcher.exited;

          await noneLeftOf(test.directory, test.signal);
        }),
      );
    }

    it(
      'does not hear the ctrl-C of the terminal, so that the program can drain first',
      t.test(async (test) => {
        const launcher = await test.launch();
        await launcher.ready;

        await launcher.signalGroup('SIGINT');

        expect(launcher.lines).to.include('drained 42');
        expect(await processesOf(test.directory)).to.deep.equal([]);
      }),
    );

    it(
      'refuses a second start while the first one lives, which goes on undisturbed',
      t.test(async (test) => {
        const first = await test.launch();
        const { url } = await first.ready;
        const second = await test.launch();

        await second.exited;

        expect(second.lines.join()).to.include(`${test.directory} is in use by process ${first.pid}`);
        expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
      }),
    );

    it(
      'ends an orphan, whose launcher is dead, and takes over',
      t.test(async (test) => {
        const first = await test.launch();
        await first.ready;
        const postmaster = await postmasterOf(test.directory);
        // The shell and its watcher first: they are there to prevent orphans.
        for (const { pid } of await processesOf(test.directory)) if (pid !== postmaster) process.kill(pid, 'SIGKILL');
        await first.signalGroup('SIGKILL');
        await test.eventually({
          what: 'the postmaster to be left alone',
          probe: async () => (await processesOf(test.directory)).length === 1,
        });
        const second = await test.launch();

        const { url } = await second.ready;

        expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
        expect(await postmasterOf(test.directory)).not.to.equal(postmaster);
      }),
    );

    it(
      'recovers after the server itself was killed',
      t.test(async (test) => {
        const first = await test.launch();
        await first.ready;
        process.kill(await postmasterOf(test.directory), 'SIGKILL');
        await first.signalGroup('SIGKILL');
        const second = await test.launch();

        const { url } = await second.ready;

        expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
      }),
    );
  });
}
