import { asOpenTransaction, TypeOrmTransaction, type DatabaseSchema } from '#platform/database';
import type { JobsWithin } from '#scheduling/contracts';
import type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import type { LedgerEntry, LedgerStores, LedgerTransaction } from './ledger.ts';

class CreateLedger1795300000000 implements MigrationInterface {
  /** A deferred trigger runs at the commit, and sees what others have committed until then. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ledger (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job_id uuid NOT NULL, token integer NOT NULL, newest integer, state text
      );
      CREATE FUNCTION note_job_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE ledger SET newest = jobs.token, state = jobs.state FROM jobs WHERE ledger.id = NEW.id AND jobs.id = job_id;
          RETURN NULL;
        END $$;
      CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON ledger DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION note_job_at_commit()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ledger; DROP FUNCTION note_job_at_commit');
  }
}

export const ledgerSchema: DatabaseSchema = { rows: [], migrations: [CreateLedger1795300000000] };

/** A ledger in the database of the jobs. */
export function postgresLedger(source: DataSource, jobs: JobsWithin): LedgerTransaction {
  return new TypeOrmTransaction(source, (manager) => storesOf(manager, jobs));
}

export async function ledgerEntries(source: DataSource): Promise<readonly LedgerEntry[]> {
  return source.query<LedgerEntry[]>('SELECT job_id AS "jobId", token, newest, state FROM ledger ORDER BY id');
}

function storesOf(manager: EntityManager, jobs: JobsWithin): LedgerStores {
  const ledger: LedgerStores['ledger'] = {
    add: ({ jobId, token }) => manager.query('INSERT INTO ledger (job_id, token) VALUES ($1, $2)', [jobId, token]),
  };
  return { jobs: jobs.join(asOpenTransaction(manager)), ledger };
}
