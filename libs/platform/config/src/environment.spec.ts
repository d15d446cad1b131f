import { expect } from 'chai';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { writeFileSync } from 'node:fs';
import { processEnvironment } from './environment.ts';

class EnvironmentTest extends AsyncTestBase {
  folder!: TemporaryFolder;

  protected override async setUp(): Promise<void> {
    this.folder = await this.use(TemporaryFolder.make());
    const given = { ...process.env };
    this.defer(() => (process.env = given));
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
    'does without a file',
    t.test(async ({ folder }) => {
      expect(processEnvironment(folder.at('.env'))).to.include({ PATH: process.env['PATH'] });
    }),
  );
});
