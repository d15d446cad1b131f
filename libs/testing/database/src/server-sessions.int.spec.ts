import { expect } from 'chai';
import { Client } from 'pg';
import { libraryTest } from './fixtures/library-test.ts';
import { testServer } from './test-server.ts';

const SESSIONS = 8;

describe('Sessions of the server', () => {
  const t = libraryTest('clone').install();

  it(
    'are gone when they were ended, and what they had not committed is undone',
    t.test(async ({ database: { source, url }, defer }) => {
      const clients = Array.from({ length: SESSIONS }, () => new Client({ connectionString: url }));
      for (const client of clients) {
        client.on('error', () => {}); // it is told that it was ended
        await client.connect();
        defer(() => client.end(), 'the end of a client');
        await client.query('BEGIN; INSERT INTO shelves SELECT 1000 * pg_backend_pid()');
        client.query('SELECT pg_sleep(60)').catch(() => {});
      }
      const pids = clients.map((client) => (client as Client & { processID: number }).processID);
      const { sessions } = await testServer();
      const before = await sessions.see(pids);

      await sessions.end(pids);

      expect(before).to.have.lengthOf(SESSIONS);
      expect(await sessions.see(pids)).to.deep.equal([]);
      expect(await source.query('SELECT * FROM shelves')).to.deep.equal([]);
    }),
  );
});
