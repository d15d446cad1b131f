import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { processEnvironment } from './environment.ts';

class EnvironmentTest extends AsyncTestBase {
  folder!: TemporaryFolder;

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make());
    const given = { ...process.env };
    // Not another object: what loads a file writes into this one.
    this.defer(() => {
      for (const name of Object.keys(process.env)) if (!(name in given)) delete process.env[name];
      Object.assign(process.env, given);
    });
    delete process.env['LOCKSTEP_ENV_FILE'];
  }
}

const t = EnvironmentTest.install();

describe('processEnvironment', () => {
  it(
    'adds what the .env file says, unless it is set already',
    t.test(async ({ folder }) => {
      const file = folder.at('.env');
      writeFileSync(file, 'LOCKSTEP_HTTP_PORT=4000\nLOCKSTEP_HTTP_HOST=0.0.0.0\n');
      delete process.env['LOCKSTEP_HTTP_PORT'];
      process.env['LOCKSTEP_HTTP_HOST'] = '127.0.0.1';

      const environment = processEnvironment(file);

      expect(environment).to.include({ LOCKSTEP_HTTP_PORT: '4000', LOCKSTEP_HTTP_HOST: '127.0.0.1' });
    }),
  );

  it(
    'reads another file where one is named, and not the repository’s',
    t.test(async ({ folder }) => {
      const [repositorys, named] = [folder.at('.env'), folder.at('mine.env')];
      writeFileSync(repositorys, 'LOCKSTEP_HTTP_HOST=0.0.0.0\n');
      writeFileSync(named, 'LOCKSTEP_HTTP_PORT=4000\n');
      for (const name of ['LOCKSTEP_HTTP_HOST', 'LOCKSTEP_HTTP_PORT']) delete process.env[name];
      process.env['LOCKSTEP_ENV_FILE'] = named;

      const environment = processEnvironment(repositorys);

      expect(environment).to.include({ LOCKSTEP_HTTP_PORT: '4000' }).and.not.have.property('LOCKSTEP_HTTP_HOST');
    }),
  );

  it(
    'reads none where that file is the null device',
    t.test(async ({ folder }) => {
      writeFileSync(folder.at('.env'), 'LOCKSTEP_HTTP_HOST=0.0.0.0\n');
      delete process.env['LOCKSTEP_HTTP_HOST'];
      process.env['LOCKSTEP_ENV_FILE'] = devNull;

      expect(processEnvironment(folder.at('.env'))).not.to.have.property('LOCKSTEP_HTTP_HOST');
    }),
  );

  it(
    'refuses to go on without a file that was named',
    t.test(async ({ folder }) => {
      process.env['LOCKSTEP_ENV_FILE'] = folder.at('missing.env');

      expect(() => processEnvironment(folder.at('.env'))).to.throw('missing.env');
    }),
  );

  it(
    'does without a file',
    t.test(async ({ folder }) => {
      expect(processEnvironment(folder.at('.env'))).to.include({ PATH: process.env['PATH'] });
    }),
  );
});
