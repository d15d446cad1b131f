import { expect } from 'chai';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findClusterHome } from './cluster-home.ts';
import { DataFolderRefused } from './errors.ts';
import { FolderTest } from '../testing/folder-test.ts';
import { userForServer } from './server-user.ts';

const isRoot = process.getuid?.() === 0;

class ClusterHomeTest extends FolderTest {
  state = '';

  protected override async setUp(): Promise<void> {
    await super.setUp();
    this.directory = join(this.folder, 'asked', 'data');
    this.state = join(this.folder, 'state');
  }

  plantCluster(home: string, version = '18'): string {
    const data = join(home, 'pg18', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), `${version}\n`);
    const user = userForServer();
    if (user) for (const path of [join(home, 'pg18'), data]) chownSync(path, user.uid, user.gid);
    return join(home, 'pg18');
  }

  find(): ReturnType<typeof findClusterHome> {
    return findClusterHome(this.directory, [this.state]);
  }

  refusal(): Promise<unknown> {
    return this.find().catch((error: unknown) => error);
  }
}

const t = ClusterHomeTest.install();

describe('findClusterHome', () => {
  it(
    'is the folder that was asked for',
    t.test(async ({ directory, find }) => {
      expect(await find()).to.deep.include({ home: directory, cluster: join(directory, 'pg18'), exists: false });
    }),
  );

  it(
    'finds the cluster that is there',
    t.test(async ({ directory, plantCluster, find }) => {
      plantCluster(directory);

      expect(await find()).to.deep.include({ home: directory, exists: true });
    }),
  );

  it(
    'is a state folder where the server cannot work in the one that was asked for',
    t.test(async ({ folder, state, find }) => {
      mkdirSync(join(folder, 'asked'), { mode: isRoot ? 0o700 : 0o500 });

      expect(await find()).to.deep.include({ home: state, exists: false });
    }),
  );

  it(
    'stays with a cluster in the state folder when the other one becomes usable',
    t.test(async ({ directory, state, plantCluster, find }) => {
      plantCluster(state);
      mkdirSync(directory, { recursive: true });

      expect(await find()).to.deep.include({ home: state, exists: true });
    }),
  );

  it(
    'refuses the data of another major, unchanged, and says what to do',
    t.test(async ({ directory, plantCluster, refusal }) => {
      const cluster = plantCluster(directory, '17');

      const refused = await refusal();

      expect(refused).to.be.an.instanceOf(DataFolderRefused);
      expect((refused as Error).message)
        .to.include(`${cluster} holds data of PostgreSQL 17`)
        .and.include('Move it away');
    }),
  );

  it(
    'refuses to begin an empty cluster beside the data of another major',
    t.test(async ({ directory, refusal }) => {
      mkdirSync(join(directory, 'pg17', 'data'), { recursive: true });

      const refused = await refusal();

      expect((refused as Error).message).to.include('pg17 holds data of PostgreSQL 17');
    }),
  );

  it(
    'refuses a cluster that cannot be reached, and does not begin an empty one elsewhere',
    t.test(async ({ folder, directory, plantCluster, refusal, defer }) => {
      plantCluster(directory);
      const barred = isRoot ? join(folder, 'asked') : join(directory, 'pg18', 'data');
      chmodSync(barred, isRoot ? 0o700 : 0o000);
      defer(() => chmodSync(barred, 0o755));

      const refused = await refusal();

      expect((refused as Error).message).to.include('cannot be reached by user');
    }),
  );

  it(
    'says so where no folder can be used',
    t.test(async ({ folder, state, refusal }) => {
      writeFileSync(join(folder, 'asked'), 'a file is in the way');
      writeFileSync(state, 'here as well');

      const refused = await refusal();

      expect((refused as Error).message).to.include(`neither can ${state}`);
    }),
  );
});
