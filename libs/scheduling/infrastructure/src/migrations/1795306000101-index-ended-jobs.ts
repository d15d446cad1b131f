import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For whoever takes away what is over for long: without it each time would read all jobs there are. */
export class IndexEndedJobs1795306000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX ix_jobs_finished ON jobs (finished_at, id) WHERE finished_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ix_jobs_finished');
  }
}
