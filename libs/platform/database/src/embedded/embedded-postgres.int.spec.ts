import { expect } from 'chai';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { until } from '../testing/until.ts';
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
  describe(`EmbeddedPostgres, started by ${runner.name}`, function () {
    this.timeout(30_000);
    const folder = folderOf(runner);
    const directory = join(folder.path, 'data');
    const launch = (behaviour?: Behaviour): LauncherProcess =>
      new LauncherProcess({ directory, as: runner.as, ...(behaviour && { behaviour }) });

    before('a cluster with something in it is there', async () => {
      await using launcher = launch();
      const { url } = await launcher.ready;
      await ask(url, `CREATE TABLE kept AS SELECT 7 AS answer`);
      await launcher.signalGroup('SIGINT');
    });

    after(async () => {
      await noneLeftOf(directory);
      folder[Symbol.dispose]();
    });

    it('keeps what was committed from one start to the next', async () => {
      await using launcher = launch();

      const { url } = await launcher.ready;

      expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
    });

    it('survives a crash of the machine: nothing that makes commits durable is switched off', async () => {
      await using launcher = launch();
      const { url } = await launcher.ready;

      const settings = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'];
      const found = await Promise.all(
        settings.map((name) => ask<string>(url, `SELECT current_setting('${name}') AS answer`)),
      );

      expect(found).to.deep.equal(['on', 'on', 'on', 'on']);
    });

    it('lets nobody else read the data or the password', async () => {
      const { mode: cluster } = await stat(join(directory, 'pg18'));
      const { mode: password } = await stat(join(directory, 'pg18', 'password'));

      expect([cluster & 0o777, password & 0o777]).to.deep.equal([0o700, 0o600]);
    });

    it('refuses a connection without the password', async () => {
      await using launcher = launch();
      const { url } = await launcher.ready;
      const stranger = new URL(url);
      stranger.password = 'guess';

      const outcome = await ask(stranger.href, 'SELECT 1 AS answer').catch((error: { code: string }) => error.code);

      expect(outcome).to.equal('28P01');
    });

    it('leaves nothing running when its process is killed', async () => {
      await using launcher = launch();
      await launcher.ready;

      await launcher.signalGroup('SIGKILL');

      await noneLeftOf(directory);
    });

    for (const end of ['exit', 'throw', 'return'] as const) {
      it(`leaves nothing running when its process ends by ${end}`, async () => {
        await using launcher = launch(end);
        await launcher.ready;

        await launcher.exited;

        await noneLeftOf(directory);
      });
    }

    it('does not hear the ctrl-C of the terminal, so that the program can drain first', async () => {
      await using launcher = launch();
      await launcher.ready;

      await launcher.signalGroup('SIGINT');

      expect(launcher.lines).to.include('drained 42');
      expect(await processesOf(directory)).to.deep.equal([]);
    });

    it('refuses a second start while the first one lives, which goes on undisturbed', async () => {
      await using first = launch();
      const { url } = await first.ready;
      await using second = launch();

      await second.exited;

      expect(second.lines.join()).to.include(`${directory} is in use by process ${first.pid}`);
      expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
    });

    it('ends an orphan, whose launcher is dead, and takes over', async () => {
      await using first = launch();
      await first.ready;
      const postmaster = await postmasterOf(directory);
      // The shell and its watcher first: they are there to prevent orphans.
      for (const { pid } of await processesOf(directory)) if (pid !== postmaster) process.kill(pid, 'SIGKILL');
      await first.signalGroup('SIGKILL');
      await until(async () => (await processesOf(directory)).length === 1);
      await using second = launch();

      const { url } = await second.ready;

      expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
      expect(await postmasterOf(directory)).not.to.equal(postmaster);
    });

    it('recovers after the server itself was killed', async () => {
      await using first = launch();
      await first.ready;
      process.kill(await postmasterOf(directory), 'SIGKILL');
      await first.signalGroup('SIGKILL');
      await using second = launch();

      const { url } = await second.ready;

      expect(await ask(url, 'SELECT answer FROM kept')).to.equal(7);
    });
  });
}
