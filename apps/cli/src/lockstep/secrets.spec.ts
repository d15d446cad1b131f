import { writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { CannotRun } from '../commands/outcome.ts';
import { secretFrom } from './secrets.ts';

const SOURCE = { what: 'Password', option: 'password-file', file: undefined, variable: 'DEVICE_PASSWORD' };

class SecretTest extends AsyncTestBase {
  readonly folder = this.fixture(() => TemporaryFolder.make());
  readonly in = Object.assign(new PassThrough(), { isTTY: true });
  readonly err = new PassThrough();

  secret(file?: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
    const config = () => Promise.reject(new Error('not needed'));
    const surroundings = { in: this.in, out: new PassThrough(), err: this.err, interrupted: this.signal, env, config };
    return secretFrom({ ...SOURCE, file }, surroundings);
  }
}

const t = SecretTest.install();

describe('secretFrom', () => {
  it(
    'reads a file without the line end of its editor, before anything else',
    t.test(async (test) => {
      const path = (await test.folder()).at('password');
      await writeFile(path, ' a b \n');

      expect(await test.secret(path, { DEVICE_PASSWORD: 'other' })).to.equal(' a b ');
    }),
  );

  it(
    'asks a person, and does not show what is typed',
    t.test(async (test) => {
      const asked = test.secret();
      test.in.write('sesame\r');

      expect(await asked).to.equal('sesame');
      expect(String(test.err.read())).to.equal('Password: \n');
    }),
  );

  it(
    'is interrupted by ctrl-C, which is a key while it asks',
    t.test(async (test) => {
      const asked = test.secret();
      test.in.write('ses\u0003');

      expect(await asked.catch((error: Error) => error.message)).to.equal('Interrupted.');
    }),
  );

  it(
    'says where it could come from when there is nobody to ask',
    t.test(async (test) => {
      test.in.isTTY = false;

      const failure = await test.secret().catch((error: unknown) => error);

      expect(failure).to.be.an.instanceOf(CannotRun).with.property('message').that.includes('--password-file');
    }),
  );
});
