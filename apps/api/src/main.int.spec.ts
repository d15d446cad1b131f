import { expect } from 'chai';
import { ApiProcessTest } from './testing/api-process-test.ts';
import { testSettings, withToken } from './testing/test-settings.ts';

const PROCESS_MS = 60_000;
const MASTER_KEY = testSettings.masterKey.reveal();

const t = ApiProcessTest.install();

describe('the process of the API', function () {
  this.timeout(PROCESS_MS);

  it(
    'tells the one who started it where it listens, and ends when that one goes',
    t.test(async ({ database, start, listening, signal }) => {
      const api = await start({ DATABASE_URL: database.url }, { channel: true });

      const { url } = await listening(api);
      const answer = await fetch(`${url}/api/v1/devices`, { headers: withToken, signal });
      api.disconnect();

      expect(api.messages).to.deep.equal([{ type: 'listening', url }]);
      expect(answer.status).to.equal(200);
      expect(await api.ended).to.equal(0);
      expect(api.written.stdout).to.equal('');
      expect(api.written.stderr).to.include('The API stops.');
    }),
  );

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(
      `tells people where it listens and with which token, and ends well at ${signal}`,
      t.test(async ({ database, start, welcome }) => {
        const api = await start({ DATABASE_URL: database.url });

        await welcome(api);
        api.signal(signal);

        expect(await api.ended).to.equal(0);
        expect(api.written.stdout).to.match(
          /^The API listens at http:\/\/127\.0\.0\.1:\d+, its reference is at .*\/docs\.\n/,
        );
        expect(api.written.stdout).to.include(testSettings.token.reveal());
      }),
    );
  }

  it(
    'writes its log as lines of JSON, without the token',
    t.test(async ({ database, start, listening }) => {
      const api = await start({ DATABASE_URL: database.url }, { channel: true });

      await listening(api);
      api.signal('SIGTERM');
      await api.ended;

      const messages = api.written.stderr
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { message: string }).message);
      expect(messages).to.deep.equal(['The API listens.', 'The API stops.']);
      expect(api.written.stderr).not.to.include(testSettings.token.reveal());
    }),
  );

  it(
    'brings the database up to date by itself in development',
    t.test(async ({ database, start, listening, signal }) => {
      const empty = await database.clone();
      await empty.source.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      const api = await start({ DATABASE_URL: empty.url }, { channel: true });

      const { url } = await listening(api);
      const answer = await fetch(`${url}/health/ready`, { signal });

      expect(answer.status).to.equal(200);
      api.disconnect();
      await api.ended;
    }),
  );

  it(
    'leaves that to a step of its own in production, and does not start before',
    t.test(async ({ database, start }) => {
      const empty = await database.clone();
      await empty.source.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      const env = { NODE_ENV: 'production', LOCKSTEP_MASTER_KEY: MASTER_KEY, DATABASE_URL: empty.url };
      const api = await start(env);

      expect(await api.ended).to.equal(1);
      expect(api.written.stderr).to.include('The database lacks migrations').and.include('npm run migrate -- up');
      expect(
        await empty.source.query('SELECT tablename FROM pg_tables WHERE schemaname = $1', ['public']),
      ).to.deep.equal([]);
    }),
  );

  it(
    'starts in production on a database that is up to date, and keeps the token to itself',
    t.test(async ({ database, start, welcome }) => {
      const env = { NODE_ENV: 'production', LOCKSTEP_MASTER_KEY: MASTER_KEY, DATABASE_URL: database.url };
      const api = await start(env);

      await welcome(api);
      api.signal('SIGTERM');

      expect(await api.ended).to.equal(0);
      expect(api.written.stdout).to.include('The API listens').and.not.include(testSettings.token.reveal());
    }),
  );

  it(
    'says everything that is wrong with its configuration and does not start',
    t.test(async ({ start }) => {
      const api = await start({ NODE_ENV: 'production', LOCKSTEP_HTTP_PORT: 'eighty' });

      expect(await api.ended).to.equal(1);
      expect(api.written.stderr.split('\n')).to.deep.equal([
        'The configuration is not valid:',
        '  LOCKSTEP_HTTP_PORT: "eighty" is not valid: write a port from 0 to 65535; 0 takes a free one.',
        '  DATABASE_URL: is required in production: write postgres://user:password@host:5432/database.',
        '  LOCKSTEP_MASTER_KEY: is required in production: write 32 random bytes as base64 (openssl rand -base64 32).',
        '',
      ]);
    }),
  );
});
