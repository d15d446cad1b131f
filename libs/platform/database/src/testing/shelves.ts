import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { DatabaseSchema } from '../database-schema.ts';

export type ShelfRow = { id: number; label: string };

export const shelfRow = new EntitySchema<ShelfRow>({
  name: 'Shelf',
  tableName: 'shelves',
  columns: { id: { type: 'int', primary: true, primaryKeyConstraintName: 'shelves_pk' }, label: { type: 'text' } },
  uniques: [{ name: 'shelves_label_key', columns: ['label'] }],
});

export class CreateShelves1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shelves (
        id int CONSTRAINT shelves_pk PRIMARY KEY,
        label text NOT NULL CONSTRAINT shelves_label_key UNIQUE
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE shelves');
  }
}

/** A context as small as it gets, for this project's specs. */
export const shelves: DatabaseSchema = { rows: [shelfRow], migrations: [CreateShelves1700000000001] };
