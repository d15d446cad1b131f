import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import { describeConfigInvalid } from './config.errors.ts';
import { readVariables } from './read-variables.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const TOKEN = 'x'.repeat(32);
const URL = 'postgres://app:hunter2@db:5432/app';

const refusals = (environment: Record<string, string>): readonly string[] =>
  expectErr(readVariables(environment)).problems.map(({ variable }) => variable);

describe('readVariables', () => {
  it('needs none in development', () => {
    expect(expectOk(readVariables({ PATH: '/bin' }))).to.deep.equal({
      LOCKSTEP_ENV_FILE: undefined,
      LOCKSTEP_ENV: 'development',
      DATABASE_URL: undefined,
      LOCKSTEP_HTTP_PORT: 3000,
      LOCKSTEP_HTTP_HOST: '127.0.0.1',
      LOCKSTEP_DATA_DIR: undefined,
      LOCKSTEP_MASTER_KEY: undefined,
      LOCKSTEP_MASTER_KEY_LOST: undefined,
      LOCKSTEP_TOKEN: undefined,
      LOCKSTEP_LOG_LEVEL: 'info',
      LOCKSTEP_WORKER_CONCURRENCY: 4,
      LOCKSTEP_LEASE_SECONDS: 15,
      LOCKSTEP_QUEUE_CAPACITY: 100_000,
      LOCKSTEP_QUEUE: 'postgres',
      LOCKSTEP_QUEUE_URL: undefined,
      LOCKSTEP_FRESHNESS_HOURS: 26,
      LOCKSTEP_STORE: 'fs',
      LOCKSTEP_S3_BUCKET: undefined,
      LOCKSTEP_S3_ENDPOINT: undefined,
      LOCKSTEP_S3_REGION: 'us-east-1',
      LOCKSTEP_S3_PREFIX: 'lockstep/',
      LOCKSTEP_S3_ACCESS_KEY_ID: undefined,
      LOCKSTEP_S3_SECRET_ACCESS_KEY: undefined,
      LOCKSTEP_WEBHOOK_NETWORKS: undefined,
      LOCKSTEP_RECORDINGS: undefined,
    });
  });

  it('takes networks, one or several, and nothing that is none', () => {
    const given = (text: string) => readVariables({ LOCKSTEP_WEBHOOK_NETWORKS: text });

    expect(expectOk(given('10.20.0.0/16,fd00:1::/64')).LOCKSTEP_WEBHOOK_NETWORKS).to.deep.equal([
      '10.20.0.0/16',
      'fd00:1::/64',
    ]);
    for (const text of [
      '10.20.0.0',
      '10.20.0.0/33',
      '10.20.0.0/0',
      '0/8',
      'fd00::/129',
      '10.0.0.0/8,',
      '10.0.0.0/8/8',
    ]) {
      expectErr(given(text));
    }
  });

  it('takes an empty variable for one that is not set', () => {
    expect(expectOk(readVariables({ LOCKSTEP_HTTP_PORT: '', LOCKSTEP_TOKEN: '' })).LOCKSTEP_HTTP_PORT).to.equal(3000);
  });

  it('refuses, in production, to go without a database, a data folder, a master key and a token', () => {
    const missing = ['DATABASE_URL', 'LOCKSTEP_DATA_DIR', 'LOCKSTEP_MASTER_KEY', 'LOCKSTEP_TOKEN'];

    expect(refusals({ NODE_ENV: 'production' })).to.deep.equal(missing);
    expect(refusals({ LOCKSTEP_ENV: 'production', DATABASE_URL: '' })).to.deep.equal(missing);
  });

  it('is in production when told so, by its own variable or else by that of Node', () => {
    const given = { DATABASE_URL: URL, LOCKSTEP_DATA_DIR: '/data', LOCKSTEP_MASTER_KEY: KEY, LOCKSTEP_TOKEN: TOKEN };
    const environment = (more: object): string | undefined =>
      expectOk(readVariables({ ...given, ...more })).LOCKSTEP_ENV;

    expect(environment({ NODE_ENV: 'production' })).to.equal('production');
    expect(environment({ LOCKSTEP_ENV: 'production' })).to.equal('production');
    expect(environment({ LOCKSTEP_ENV: 'development', NODE_ENV: 'production' })).to.equal('development');
    expect(environment({ NODE_ENV: 'test' })).to.equal('development');
  });

  it('tells all that is wrong at once, each with what to write', () => {
    const invalid = expectErr(
      readVariables({ LOCKSTEP_HTTP_PORT: '70000', LOCKSTEP_LOG_LEVEL: 'loud', LOCKSTEP_WORKER_CONCURENCY: '8' }),
    );

    expect(describeConfigInvalid(invalid).split('\n')).to.deep.equal([
      'The configuration is not valid:',
      '  LOCKSTEP_WORKER_CONCURENCY: is not known: write one of LOCKSTEP_ENV_FILE, LOCKSTEP_ENV, DATABASE_URL, LOCKSTEP_HTTP_PORT, ' +
        'LOCKSTEP_HTTP_HOST, LOCKSTEP_DATA_DIR, LOCKSTEP_MASTER_KEY, LOCKSTEP_MASTER_KEY_LOST, LOCKSTEP_TOKEN, LOCKSTEP_LOG_LEVEL, ' +
        'LOCKSTEP_WORKER_CONCURRENCY, LOCKSTEP_LEASE_SECONDS, LOCKSTEP_QUEUE_CAPACITY, LOCKSTEP_QUEUE, LOCKSTEP_QUEUE_URL, LOCKSTEP_STORE, LOCKSTEP_S3_BUCKET, LOCKSTEP_S3_ENDPOINT, ' +
        'LOCKSTEP_S3_REGION, LOCKSTEP_S3_PREFIX, LOCKSTEP_S3_ACCESS_KEY_ID, LOCKSTEP_S3_SECRET_ACCESS_KEY, LOCKSTEP_FRESHNESS_HOURS, LOCKSTEP_WEBHOOK_NETWORKS, LOCKSTEP_RECORDINGS.',
      '  LOCKSTEP_HTTP_PORT: "70000" is not valid: write a port from 0 to 65535; 0 takes a free one.',
      '  LOCKSTEP_LOG_LEVEL: "loud" is not valid: write one of debug, info, warn, error.',
    ]);
  });

  it('passes over what the test kit hands on to the processes that a test starts', () => {
    expect(readVariables({ LOCKSTEP_TEST_SEED: '7' }).ok).to.equal(true);
  });

  it('never shows the value of a secret that is wrong', () => {
    const invalid = expectErr(
      readVariables({ DATABASE_URL: 'mysql://hunter2', LOCKSTEP_TOKEN: 'hunter2', LOCKSTEP_MASTER_KEY: 'hunter2' }),
    );

    expect(invalid.problems).to.have.length(3);
    expect(describeConfigInvalid(invalid)).not.to.include('hunter2');
  });

  for (const [name, wrong] of [
    ['LOCKSTEP_ENV', ['prod', 'Production']],
    ['DATABASE_URL', ['localhost', 'http://db/app']],
    ['LOCKSTEP_HTTP_PORT', ['-1', '3000.5', '3e3', ' 3000', '0x10', 'NaN']],
    ['LOCKSTEP_HTTP_HOST', ['a b', 'http://0.0.0.0']],
    ['LOCKSTEP_MASTER_KEY', [KEY.slice(1), `${KEY} `, Buffer.alloc(31).toString('base64'), 'é'.repeat(44)]],
    ['LOCKSTEP_TOKEN', ['x'.repeat(31), `${TOKEN} `, `${TOKEN}\n`, 'é'.repeat(32)]],
    ['LOCKSTEP_WORKER_CONCURRENCY', ['0', '257']],
    ['LOCKSTEP_LEASE_SECONDS', ['1', '3601']],
  ] as const) {
    it(`refuses ${name} when it is ${wrong.map((text) => JSON.stringify(text)).join(' or ')}`, () => {
      expect(wrong.map((text) => refusals({ [name]: text }))).to.deep.equal(wrong.map(() => [name]));
    });
  }
});
