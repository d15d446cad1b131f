import { AsyncTestBase } from '#testing/lifecycle';
import { shared } from '#testing/runtime';
import { expect } from 'chai';
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findClusterHome } from './cluster-home.ts';
import { EmbeddedPostgres } from './embedded-postgres.ts';
import { EmbeddedPostgresFailed } from './errors.ts';
import { FolderTest } from '../testing/folder-test.ts';
import { LauncherProcess } from '../testing/launcher-process.ts';
import { noneLeftOf, postmasterOf, processesOf } from '../testing/processes-of.ts';
import { folderOf } from '../testing/users.ts';
import { zombie } from '../testing/zombie.ts';
import { freePort } from './free-port.ts';
import { packagedBinaries } from './packaged-binaries.ts';
import { userForServer } from './server-user.ts';
import { startServer } from './start-server.ts';

const failureOf = (start: Promise<unknown>): Promise<Error> =>
  start.then(
    () => new Error('It started.'),
    (error: Error) => error,
  );

const user = userForServer();

/** One cluster for all of these tests: making one takes half a second. Each leaves it as it was. */
const cluster = shared(
  async () => {
    const folder = folderOf({ name: 'this user', as: undefined });
    const directory = join(folder.path, 'data');
    const database = await EmbeddedPostgres.start({ directory });
    await database.stop();
    return { folder, directory };
  },
  ({ folder }) => folder[Symbol.dispose](),
);

class ClusterTest extends AsyncTestBase {
  directory = '';
  data = '';

  protected override async setUp(): Promise<void> {
    ({ directory: this.directory } = await cluster());
    this.data = join(this.directory, 'pg18', 'data');
    this.defer(() => noneLeftOf(this.directory, AbortSignal.timeout(4_500)));
  }
}

describe('EmbeddedPostgres.start, the first time', function () {
  this.timeout(60_000);
  const t = FolderTest.install();

  it(
    'gives up at its deadline, and leaves neither a process nor half a cluster',
    t.test(async ({ directory }) => {
      const failure = await failureOf(EmbeddedPostgres.start({ directory, deadlineMs: 200 }));

      expect(failure).to.be.an.instanceOf(EmbeddedPostgresFailed);
      expect(failure.message).to.include('did not start within 200 ms');
      expect(await processesOf(directory)).to.deep.equal([]);
      expect(readdirSync(directory)).to.deep.equal([]);
    }),
  );

  it(
    'rejects with the reason of the signal that stops it',
    t.test(async ({ directory }) => {
      const reason = new Error('not needed any more');
      const stop = new AbortController();
      const starting = failureOf(EmbeddedPostgres.start({ directory, signal: stop.signal }));

      stop.abort(reason);

      expect(await starting).to.equal(reason);
    }),
  );

  it(
    'does not take a cluster for whole whose making was killed',
    t.test(async ({ directory, eventually }) => {
      await using launcher = new LauncherProcess({ directory, as: undefined });
      const hasDraft = (): boolean =>
        existsSync(directory) && readdirSync(directory).some((name) => name.startsWith('.draft-'));
      await eventually({ what: 'the draft of a cluster', probe: hasDraft });
      await launcher.signalGroup('SIGKILL');
      expect(hasDraft()).to.equal(true);

      await using database = await EmbeddedPostgres.start({ directory });

      expect(database.url).to.match(/^postgresql:/);
      expect(hasDraft()).to.equal(false);
    }),
  );

  it(
    'lets one of two begin that come at the same time',
    t.test(async ({ directory }) => {
      await using first = new LauncherProcess({ directory, as: undefined });
      await using second = new LauncherProcess({ directory, as: undefined });

      const outcomes = await Promise.allSettled([first.ready, second.ready]);

      expect(outcomes.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected']);
      expect([...first.lines, ...second.lines].join()).to.include('is in use by process');
    }),
  );

  it(
    'says that it went elsewhere when its server cannot work in the folder',
    t.test(async ({ folder }) => {
      const state = join(folder, 'state');
      mkdirSync(join(folder, 'closed'), { mode: user ? 0o700 : 0o500 });
      const notes: string[] = [];

      await using database = await EmbeddedPostgres.start({
        directory: join(folder, 'closed', 'data'),
        stateFolders: [state],
        say: (note) => notes.push(note),
      });

      expect(database.directory).to.equal(state);
      expect(notes).to.have.lengthOf(1);
      expect(notes[0]).to.include(state).and.include('closed/data');
    }),
  );

  it(
    'leaves nothing of a throwaway cluster, also when nobody stops it',
    t.test(async ({ directory }) => {
      const database = await EmbeddedPostgres.start({ directory, durability: 'throwaway' });
      process.kill(await postmasterOf(directory), 'SIGINT');

      await database.ended;

      expect(existsSync(join(directory, 'pg18'))).to.equal(false);
      await database.stop();
      expect(existsSync(directory)).to.equal(false);
    }),
  );
});

describe('EmbeddedPostgres.start, on a cluster that is there', function () {
  this.timeout(60_000);
  const t = ClusterTest.install();

  it(
    'says what PostgreSQL wrote last when it does not come up',
    t.test(async ({ directory, data }) => {
      const path = join(data, 'postgresql.conf');
      const before = readFileSync(path);
      writeFileSync(path, 'nonsense = 1\n');

      const failure = await failureOf(EmbeddedPostgres.start({ directory }));

      writeFileSync(path, before);
      expect(failure).to.be.an.instanceOf(EmbeddedPostgresFailed);
      expect(failure.message).to.include('unrecognized configuration parameter "nonsense"');
    }),
  );

  it(
    'takes another port when the free one is taken in the meantime',
    t.test(async ({ directory }) => {
      const occupant = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => occupant.once('listening', resolve));
      const taken = (occupant.address() as AddressInfo).port;
      const free = await freePort();
      const ports = [taken, free];

      const { postmaster, port } = await startServer(
        {
          place: await findClusterHome(directory),
          binaries: packagedBinaries(),
          settings: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
          throwaway: false,
          signal: AbortSignal.timeout(20_000),
        },
        () => Promise.resolve(ports.shift() ?? 0),
      );

      expect(port).to.equal(free);
      await postmaster.stop();
      occupant.close();
    }),
  );

  it(
    'counts a zombie as dead: its parent may never collect it',
    t.test(async ({ directory, data }) => {
      using dead = await zombie(user);
      writeFileSync(join(data, 'postmaster.pid'), `${dead.pid}\n${data}\n`);
      if (user) chownSync(join(data, 'postmaster.pid'), user.uid, user.gid);

      await using database = await EmbeddedPostgres.start({ directory });

      expect(database.directory).to.equal(directory);
    }),
  );

  it(
    'leaves a process alone that only has the id of the old server',
    t.test(async ({ directory, data }) => {
      writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n`);
      if (user) chownSync(join(data, 'postmaster.pid'), user.uid, user.gid);
      let interrupted = false;
      const listen = (): void => void (interrupted = true);
      process.on('SIGINT', listen);

      await using database = await EmbeddedPostgres.start({ directory });

      process.off('SIGINT', listen);
      expect(database.directory).to.equal(directory);
      expect(interrupted).to.equal(false);
    }),
  );

  it(
    'ends a server that does not obey, and recovers from that',
    t.test(async ({ directory }) => {
      const database = await EmbeddedPostgres.start({ directory });
      process.kill(await postmasterOf(directory), 'SIGSTOP');

      await database.stop(200);

      await using again = await EmbeddedPostgres.start({ directory });
      expect(again.directory).to.equal(directory);
    }),
  );

  it(
    'tells when the server ends by itself',
    t.test(async ({ directory }) => {
      await using database = await EmbeddedPostgres.start({ directory });
      process.kill(await postmasterOf(directory), 'SIGKILL');

      expect(await database.ended).to.include('PostgreSQL ended with');
    }),
  );
});
