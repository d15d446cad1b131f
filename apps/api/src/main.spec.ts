import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';
import { mkdir } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';

class ProgramTest extends AsyncTestBase {
  readonly folder = this.fixture(() => TemporaryFolder.make());

  async run(...given: readonly string[]) {
    return this.runWith({ DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/lockstep' }, given);
  }

  async runWith(settings: Readonly<Record<string, string>>, given: readonly string[] = []) {
    const { path } = await this.folder();
    const env = { LOCKSTEP_ENV_FILE: devNull, LOCKSTEP_DATA_DIR: path, ...settings };
    const program = await this.use(TestProcess.node([join(import.meta.dirname, 'main.ts'), ...given], { env }));
    return { status: await program.ended, ...program.written };
  }
}

const t = ProgramTest.install();

describe('the program of the API', function () {
  this.timeout(30_000);

  it(
    'helps who asks for it, and does not start',
    t.test(async ({ run }) => {
      const { status, stdout } = await run('--help');

      expect(status).to.equal(0);
      expect(stdout).to.match(/^Usage: npm run start:api\n/);
    }),
  );

  it(
    'does not start with an argument that it does not know',
    t.test(async ({ run }) => {
      const { status, stderr } = await run('--port');

      expect(status).to.equal(2);
      expect(stderr).to.match(/^There is no argument "--port"\./);
    }),
  );

  it(
    'says in one line what to do when no database server answers',
    t.test(async ({ run }) => {
      expect(await run()).to.deep.equal({
        status: 1,
        stdout: '',
        stderr: 'No database server answers at 127.0.0.1:1 (ECONNREFUSED): start it, or correct DATABASE_URL.\n',
      });
    }),
  );

  it(
    'says in one line what to do when the folder of the database cannot be used',
    t.test(async ({ runWith, folder }) => {
      await mkdir(join((await folder()).path, 'postgres/pg17'), { recursive: true });

      const { status, stderr } = await runWith({});

      expect(status).to.equal(1);
      expect(stderr).to.match(
        /^The database folder \S+ holds data of PostgreSQL 17, which version \d+ cannot read\. .+\n$/,
      );
    }),
  );
});
