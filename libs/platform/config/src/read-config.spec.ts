import { expectErr, expectOk } from '#kernel/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { TemporaryFolder } from '#testing/system';
import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeConfigInvalid } from './config.errors.ts';
import { defaultDataDirectories } from './data-directory.ts';
import { readConfig } from './read-config.ts';

class ConfigTest extends AsyncTestBase {
  repository = '';

  protected override async setUp(): Promise<void> {
    this.repository = (await this.use(TemporaryFolder.make({ mode: 0o755 }))).path;
  }

  readonly file = (name: string): string => join(this.repository, '.lockstep', name);
}

const t = ConfigTest.install();

describe('readConfig', () => {
  it(
    'makes a key and a token at the first start and keeps them for the next',
    t.test(async ({ repository }) => {
      const first = expectOk(readConfig({}, repository));
      const second = expectOk(readConfig({}, repository));

      expect(Buffer.from(first.masterKey.reveal(), 'base64')).to.have.length(32);
      expect(first.token.reveal()).to.match(/^[0-9a-f]{64}$/);
      expect(second.masterKey.reveal()).to.equal(first.masterKey.reveal());
      expect(second.token.reveal()).to.equal(first.token.reveal());
    }),
  );

  it(
    'keeps them where only their owner can read them',
    t.test(async ({ repository, file }) => {
      expectOk(readConfig({}, repository));

      expect(statSync(file('token')).mode & 0o777).to.equal(0o600);
      expect(statSync(file('master-key')).mode & 0o777).to.equal(0o600);
      expect(statSync(file('')).mode & 0o066).to.equal(0);
    }),
  );

  it(
    'writes nothing down that was given',
    t.test(async ({ repository, file }) => {
      const masterKey = Buffer.alloc(32, 7).toString('base64');

      const config = expectOk(
        readConfig({ LOCKSTEP_TOKEN: 'x'.repeat(32), LOCKSTEP_MASTER_KEY: masterKey }, repository),
      );

      expect([config.token.reveal(), config.masterKey.reveal()]).to.deep.equal(['x'.repeat(32), masterKey]);
      expect(() => readFileSync(file('token'))).to.throw('ENOENT');
      expect(() => readFileSync(file('master-key'))).to.throw('ENOENT');
    }),
  );

  it(
    'refuses a damaged key instead of making a new one',
    t.test(async ({ repository, file }) => {
      mkdirSync(file(''));
      writeFileSync(file('master-key'), 'c2hvcnQ=');

      const invalid = expectErr(readConfig({}, repository));

      expect(describeConfigInvalid(invalid)).to.include(`LOCKSTEP_MASTER_KEY: ${file('master-key')} is damaged`);
      expect(readFileSync(file('master-key'), 'utf8')).to.equal('c2hvcnQ=');
    }),
  );

  it(
    'uses the data folder that it is told, seen from the repository',
    t.test(async ({ repository }) => {
      const config = expectOk(readConfig({ LOCKSTEP_DATA_DIR: 'here/it/is' }, repository));

      expect(config.dataDirectory).to.equal(join(repository, 'here/it/is'));
      expect(statSync(config.dataDirectory).isDirectory()).to.equal(true);
    }),
  );

  it(
    'makes no other folder than the one it uses',
    t.test(async ({ repository }) => {
      const config = expectOk(readConfig({}, repository));

      const [used, other] = defaultDataDirectories(repository);
      expect(config.dataDirectory).to.equal(used);
      expect(existsSync(other ?? '')).to.equal(false);
    }),
  );

  it(
    'says so when the data folder cannot be used',
    t.test(async ({ repository, file }) => {
      writeFileSync(file(''), 'a file is in the way');

      const invalid = expectErr(readConfig({ LOCKSTEP_DATA_DIR: '.lockstep' }, repository));

      expect(describeConfigInvalid(invalid)).to.include(
        `LOCKSTEP_DATA_DIR: ${file('')} cannot be used: write a folder`,
      );
    }),
  );

  it(
    'prints none of its secrets',
    t.test(async ({ repository }) => {
      const config = expectOk(readConfig({ DATABASE_URL: 'postgres://app:hunter2@db/app' }, repository));

      const printed = JSON.stringify(config);

      for (const secret of [config.databaseUrl, config.masterKey, config.token]) {
        expect(printed).not.to.include(secret?.reveal());
      }
    }),
  );
});
