import { transactionOverVersions, versionReaderContract, versionsContract } from '#backups/application/testing';
import { Version } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import type { DeviceId } from '#devices/contracts';
import { ok } from '#kernel';
import { expectOk, transactionContract, sequentialId } from '#kernel/testing';
import { managerOf, schemaDrift } from '#platform/database';
import type { JobsWithin } from '#scheduling/contracts';
import { DatabaseTest } from '#testing/database';
import { expect } from 'chai';
import sinon from 'sinon';
import type { DataSource } from 'typeorm';
import { backupsSchema } from './backups-schema.ts';
import { noOutbox } from '../testing/no-outbox.ts';
import { TypeOrmBackupsTransaction } from './typeorm-backups-transaction.ts';
import { TypeOrmVersionReader } from './typeorm-version-reader.ts';
import { TypeOrmVersions } from './typeorm-versions.ts';

/** Jobs that are rows of the one table that there is here, so that they show whose transaction they have joined. */
const jobsDevice = sequentialId<'Device'>(1_000_000);
const jobsAsVersions: JobsWithin = {
  join: (transaction) => ({
    submit: async () => {
      const versions = new TypeOrmVersions(managerOf(transaction));
      const id = sequentialId<'Version'>(1_000_001);
      await versions.add(expectOk(Version.following(null, aCollected({ deviceId: jobsDevice }), id)));
      return ok(sequentialId<'Job'>(1));
    },
    hold: async () => {},
  }),
};

class VersionsTest extends DatabaseTest {
  get source(): DataSource {
    return this.database.source;
  }

  get reader(): TypeOrmVersionReader {
    return new TypeOrmVersionReader(this.source);
  }

  get transaction(): TypeOrmBackupsTransaction {
    return new TypeOrmBackupsTransaction(this.source, jobsAsVersions, noOutbox);
  }

  protected override schemas() {
    return [backupsSchema];
  }

  protected override races(): boolean {
    return true;
  }
}

const t = VersionsTest.install();

describe('TypeOrmBackupsTransaction', () => {
  versionsContract.holdsFor(
    TypeOrmVersions,
    t.opens(({ transaction, reader, signal }) => ({
      transaction,
      reader,
      jobsKept: async () => (await reader.page({ deviceId: jobsDevice, before: null, limit: 10 }, signal)).length,
    })),
  );

  versionReaderContract.holdsFor(
    TypeOrmVersionReader,
    t.opens(({ reader, transaction }) => ({ reader, transaction })),
  );

  transactionContract.holdsFor(
    TypeOrmBackupsTransaction,
    t.opens(({ transaction, reader }) => transactionOverVersions({ transaction, reader })),
  );

  it(
    'finds the tables as its rows describe them',
    t.test(async ({ source }) => {
      expect(await schemaDrift(source)).to.deep.equal([]);
    }),
  );

  it(
    'reads any page of a history of 100,000 versions from the index alone',
    t.test(async ({ source, reader, defer, signal }) => {
      const deviceId = '01900000-0000-7000-8000-00000000000d' as DeviceId;
      for (let from = 1; from < 100_000; from += 10_000) {
        await source.query(
          `INSERT INTO config_versions
         SELECT gen_random_uuid(), $1, n, repeat('a', 64), repeat('b', 64), 1000, 'ios', now(), $1
         FROM generate_series($2::int, $2::int + 9999) n`,
          [deviceId, from],
        );
      }
      await source.query('ANALYZE config_versions');
      const sent = sinon.spy(source.logger, 'logQuery');
      defer(() => sent.restore());

      const page = await reader.page({ deviceId, before: 50_000, limit: 50 }, signal);

      const [sql, parameters] = sent.args.find(([statement]) => statement.includes('config_versions'))!;
      const plan = await source.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN (ANALYZE, TIMING OFF) ${sql}`, parameters);
      const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(page.map(({ sequence }) => sequence)).to.deep.equal(Array.from({ length: 50 }, (_, n) => 49_999 - n));
      expect(lines).to.match(/Index Scan Backward using config_versions_device_id_sequence_key .*rows=50[ .]/);
      expect(lines).not.to.match(/Seq Scan|Sort/);
    }),
  ).timeout(0);
});
