import { runMigrations, type PgQueryable } from 'bullmq';
import type { DatabaseSchema } from '#platform/database';
import type { MigrationInterface, QueryResult, QueryRunner } from 'typeorm';

/** BullMQ's own tables, made once for all tests: with them a new database would take as long as a test. */
class CreateBullMq1795306000199 implements MigrationInterface {
  /** It has one of its own. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    const query = async (text: string, values?: unknown[]) => {
      const { records } = (await runner.query(text, values, true)) as QueryResult;
      return { rows: records ?? [], rowCount: records?.length ?? 0 };
    };
    await runMigrations({ query } as unknown as PgQueryable);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA bullmq CASCADE');
  }
}

export const bullMqSchema: DatabaseSchema = { rows: [], migrations: [CreateBullMq1795306000199] };
