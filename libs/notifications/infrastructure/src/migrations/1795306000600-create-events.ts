import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateEvents1795306000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // json and not jsonb: what contexts record is kept as it is, and jsonb refuses some of what JSON allows (\u0000).
    await runner.query(`
      CREATE TABLE events (
        id uuid CONSTRAINT pk_events PRIMARY KEY,
        type text NOT NULL,
        subject text NOT NULL,
        data json NOT NULL,
        occurred_at timestamptz NOT NULL,
        recorded bigserial,
        number bigint
      )`);
    // The unpublished are few, however long the history is.
    await runner.query('CREATE INDEX ix_events_unpublished ON events (recorded) WHERE number IS NULL');
    await runner.query('CREATE UNIQUE INDEX ux_events_number ON events (number)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE events');
  }
}
