import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddDeviceTags1795306000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devices
        ADD COLUMN enabled boolean NOT NULL DEFAULT true,
        ADD COLUMN tags text[] COLLATE "C" NOT NULL DEFAULT '{}',
        ALTER COLUMN address TYPE text COLLATE "C",
        ALTER COLUMN model TYPE text COLLATE "C",
        ADD CONSTRAINT devices_tags_check CHECK (cardinality(tags) <= 50)
    `);
    await runner.query(`
      ALTER TABLE devices
        ALTER COLUMN enabled DROP DEFAULT,
        ALTER COLUMN tags DROP DEFAULT
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devices
        DROP COLUMN enabled,
        DROP COLUMN tags,
        ALTER COLUMN address TYPE text COLLATE pg_catalog."default",
        ALTER COLUMN model TYPE text COLLATE pg_catalog."default"
    `);
  }
}
