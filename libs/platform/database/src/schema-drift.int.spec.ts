import { expect } from 'chai';
import { migrate } from './migrate.ts';
import { schemaDrift } from './schema-drift.ts';
import { shelves } from './testing/shelves.ts';
import { SpecDatabaseTest } from './testing/spec-database.ts';
import type { DataSource } from 'typeorm';

class DriftTest extends SpecDatabaseTest {
  source!: DataSource;

  protected override async setUp(): Promise<void> {
    this.source = await this.open([shelves]);
    await migrate(this.source, this.signal);
  }
}

const t = DriftTest.install();

describe('schemaDrift', function () {
  this.timeout(30_000);

  it(
    'finds nothing where migrations made what the rows describe',
    t.test(async ({ source }) => {
      expect(await schemaDrift(source)).to.deep.equal([]);
    }),
  );

  for (const [change, statement] of [
    ['a column that no row knows', 'ALTER TABLE shelves ADD colour text'],
    ['a column that no migration made', 'ALTER TABLE shelves DROP label'],
    ['a column of another type', 'ALTER TABLE shelves ALTER label TYPE varchar(10)'],
    ['a column that may be empty', 'ALTER TABLE shelves ALTER label DROP NOT NULL'],
    ['a constraint that is missing', 'ALTER TABLE shelves DROP CONSTRAINT shelves_label_key'],
    ['an index that no row knows', 'CREATE INDEX shelves_label ON shelves (label)'],
  ] as const) {
    it(
      `finds ${change}, and changes nothing`,
      t.test(async ({ source }) => {
        await source.query(statement);

        const first = await schemaDrift(source);
        const second = await schemaDrift(source);

        expect(first).not.to.deep.equal([]);
        expect(second).to.deep.equal(first);
      }),
    );
  }
});
