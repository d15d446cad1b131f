import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { openDatabase } from './open-database.ts';
import { poolOf } from './pool.ts';
import { isConnectionLost } from './sql-state.ts';
import { SpecDatabaseTest } from './testing/spec-database.ts';

const t = SpecDatabaseTest.install();

describe('openDatabase', function () {
  this.timeout(30_000);
  const failureOf = (opening: Promise<DataSource>): Promise<Error> =>
    opening.then(
      () => new Error('It opened.'),
      (error: Error) => error,
    );

  it(
    'limits every wait',
    t.test(async ({ open }) => {
      const source = await open([], { applicationName: 'spec', statementTimeoutMs: 4_000 });

      const [limits] = await source.query<unknown[]>(`
      SELECT current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
        current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('application_name') AS name`);

      expect(limits).to.deep.equal({ statement: '4s', lock: '4s', idle: '4s', name: 'spec' });
      expect(poolOf(source).options).to.include({
        query_timeout: 6_000,
        connectionTimeoutMillis: 5_000,
        keepAlive: true,
        max: 10,
      });
    }),
  );

  it(
    'survives the loss of idle connections, and tells of it',
    t.test(async ({ open, eventually }) => {
      const lost: Error[] = [];
      const source = await open([], { onConnectionLost: (error) => lost.push(error) });
      const killer = await open();
      await Promise.all([1, 2, 3].map(() => source.query('SELECT pg_sleep(0.05)')));

      await killer.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );

      await eventually({ what: 'the loss of three connections', probe: () => lost.length === 3 });
      expect(lost.every(isConnectionLost)).to.equal(true);
      expect(await source.query('SELECT 1 AS answer')).to.deep.equal([{ answer: 1 }]);
    }),
  );

  it('refuses what is not the URL of a database, without repeating it', async () => {
    const failure = await failureOf(openDatabase({ url: 'mysql://app:secret@db/x', schemas: [] }));

    expect(failure.message).to.include('must begin with postgresql://').and.not.include('secret');
  });

  it('says that nobody is there', async () => {
    const failure = await failureOf(openDatabase({ url: 'postgresql://app@127.0.0.1:1/x', schemas: [] }));

    expect(failure.message).to.equal(
      'No database server answers at 127.0.0.1:1 (ECONNREFUSED): start it, or correct DATABASE_URL.',
    );
  });

  it(
    'does not wait for ever on a server that takes the connection and says nothing',
    t.test(async ({ defer }) => {
      const silent = createServer().listen(0, '127.0.0.1');
      defer(() => silent.close());
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;

      const failure = await failureOf(
        openDatabase({ url: `postgresql://app@127.0.0.1:${port}/x`, schemas: [], connectTimeoutMs: 100 }),
      );

      expect(isConnectionLost(failure.cause)).to.equal(true);
    }),
  );
});
