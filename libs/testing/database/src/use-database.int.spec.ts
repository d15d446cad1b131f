import type { DatabaseSchema } from '#platform/database';
import { expect } from 'chai';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { useDatabase } from './use-database.ts';

class CreateShelves1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE shelves (id int PRIMARY KEY)');
    await runner.query('CREATE TABLE books (id int PRIMARY KEY, shelf_id int NOT NULL REFERENCES shelves)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE books, shelves');
  }
}

const library: DatabaseSchema = {
  rows: [new EntitySchema({ name: 'Shelf', tableName: 'shelves', columns: { id: { type: 'int', primary: true } } })],
  migrations: [CreateShelves1700000000001],
};

describe('useDatabase', () => {
  const database = useDatabase(library);

  for (const time of ['first', 'second']) {
    it(`begins empty the ${time} time, whatever the test before has written`, async () => {
      const found = (await database.source.query('SELECT * FROM books')) as unknown[];

      await database.source.query('INSERT INTO shelves VALUES (1)');
      await database.source.query('INSERT INTO books VALUES (1, 1)');

      expect(found).to.deep.equal([]);
    });
  }

  it('gives a test a database of its own', async () => {
    await using clone = await database.clone();

    await clone.source.query('INSERT INTO shelves VALUES (1)');

    expect(await database.source.query('SELECT * FROM shelves')).to.deep.equal([]);
    expect(clone.url).not.to.equal(database.url);
  });
});
