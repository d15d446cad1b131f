import { expect } from 'chai';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findClusterHome } from './cluster-home.ts';
import { DataFolderRefused } from './errors.ts';
import { folderOf } from '../testing/users.ts';
import { userForServer } from './server-user.ts';

const isRoot = process.getuid?.() === 0;

describe('findClusterHome', () => {
  let folder: ReturnType<typeof folderOf>;
  let directory: string;
  let state: string;
  beforeEach(() => {
    folder = folderOf({ name: 'this user', as: undefined });
    directory = join(folder.path, 'asked', 'data');
    state = join(folder.path, 'state');
  });
  afterEach(() => {
    chmodSync(folder.path, 0o755);
    folder[Symbol.dispose]();
  });

  function plantCluster(home: string, version = '18'): string {
    const data = join(home, 'pg18', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), `${version}\n`);
    const user = userForServer();
    if (user) for (const path of [join(home, 'pg18'), data]) chownSync(path, user.uid, user.gid);
    return join(home, 'pg18');
  }

  const find = (): ReturnType<typeof findClusterHome> => findClusterHome(directory, [state]);
  const refusal = (): Promise<unknown> => find().catch((error: unknown) => error);

  it('is the folder that was asked for', async () => {
    expect(await find()).to.deep.include({ home: directory, cluster: join(directory, 'pg18'), exists: false });
  });

  it('finds the cluster that is there', async () => {
    plantCluster(directory);

    expect(await find()).to.deep.include({ home: directory, exists: true });
  });

  it('is a state folder where the server cannot work in the one that was asked for', async () => {
    mkdirSync(join(folder.path, 'asked'), { mode: isRoot ? 0o700 : 0o500 });

    expect(await find()).to.deep.include({ home: state, exists: false });
  });

  it('stays with a cluster in the state folder when the other one becomes usable', async () => {
    plantCluster(state);
    mkdirSync(directory, { recursive: true });

    expect(await find()).to.deep.include({ home: state, exists: true });
  });

  it('refuses the data of another major, unchanged, and says what to do', async () => {
    const cluster = plantCluster(directory, '17');

    const refused = await refusal();

    expect(refused).to.be.an.instanceOf(DataFolderRefused);
    expect((refused as Error).message)
      .to.include(`${cluster} holds data of PostgreSQL 17`)
      .and.include('Move it away');
  });

  it('refuses to begin an empty cluster beside the data of another major', async () => {
    mkdirSync(join(directory, 'pg17', 'data'), { recursive: true });

    const refused = await refusal();

    expect((refused as Error).message).to.include('pg17 holds data of PostgreSQL 17');
  });

  it('refuses a cluster that cannot be reached, and does not begin an empty one elsewhere', async () => {
    plantCluster(directory);
    chmodSync(isRoot ? join(folder.path, 'asked') : join(directory, 'pg18', 'data'), isRoot ? 0o700 : 0o000);

    const refused = await refusal();

    expect((refused as Error).message).to.include('cannot be reached by user');
  });

  it('says so where no folder can be used', async () => {
    writeFileSync(join(folder.path, 'asked'), 'a file is in the way');
    writeFileSync(state, 'here as well');

    const refused = await refusal();

    expect((refused as Error).message).to.include(`neither can ${state}`);
  });
});
