import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';
import { devNull } from 'node:os';
import { join } from 'node:path';

class ProgramTest extends AsyncTestBase {
  async run(...given: readonly string[]) {
    const { path } = await this.use(TemporaryFolder.make());
    const env = {
      LOCKSTEP_ENV_FILE: devNull,
      LOCKSTEP_DATA_DIR: path,
      DATABASE_URL: 'postgresql://app:hunter2@127.0.0.1:1/lockstep',
    };
    const program = await this.use(TestProcess.node([join(import.meta.dirname, 'main.ts'), ...given], { env }));
    return { status: await program.ended, ...program.written };
  }
}

const t = ProgramTest.install();

describe('the program of the worker', function () {
  this.timeout(30_000);

  it(
    'helps who asks for it, and does not start',
    t.test(async ({ run }) => {
      const { status, stdout } = await run('--help');

      expect(status).to.equal(0);
      expect(stdout).to.match(/^Usage: npm run start:worker\n/);
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
});
