import { devNull } from 'node:os';
import { join } from 'node:path';
import { LockstepTest, settings } from '../testing/lockstep-test.ts';
import { TemporaryFolder, TestProcess } from '#testing/system';
import { expect } from 'chai';

const MAIN = join(import.meta.dirname, '../main.ts');

class ProgramTest extends LockstepTest {
  readonly folder = this.fixture(() => TemporaryFolder.make());

  async program(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<TestProcess> {
    const common = {
      LOCKSTEP_ENV_FILE: devNull,
      LOCKSTEP_DATA_DIR: (await this.folder()).path,
      LOCKSTEP_MASTER_KEY: settings.masterKey.reveal(),
    };
    return this.use(TestProcess.node([MAIN, ...args], { env: { ...common, ...env } }));
  }
}

const t = ProgramTest.install();

describe('npm run lockstep', function () {
  this.timeout(30_000);

  it(
    'says what to do when no service runs, and starts none',
    t.test(async (test) => {
      const program = await test.program(['device', 'list']);

      const code = await program.ended;

      expect(code).to.equal(1);
      expect(program.written.stderr).to.include('Run `npm start` beside this command, or set DATABASE_URL');
      expect(program.written.stdout).to.equal('');
    }),
  );

  it(
    'ends its waiting at ctrl-C, and tells how the job can be ended too',
    t.test(async (test) => {
      const program = await test.program(['backup', 'verify', '--wait', '--json'], { DATABASE_URL: test.database.url });
      const [, id = ''] = await program.says(/Waiting for job (\S+);/, test.signal);

      program.signal('SIGINT');
      const code = await program.ended;

      expect(code).to.equal(1);
      expect(program.written.stderr).to.include(`npm run lockstep -- job cancel ${id}`);
      expect(JSON.parse(program.written.stdout)).to.deep.include({ jobId: id, verification: null });
      expect(await test.document('job', 'show', id)).to.have.property('state', 'queued');
    }),
  );
});
