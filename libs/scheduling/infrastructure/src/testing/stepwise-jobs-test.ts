import { Commits, throughCommits } from './commits.ts';
import { PostgresJobsTest } from './postgres-jobs-test.ts';

/** Jobs in PostgreSQL, where the commit of each call of the queue is a step of its own. */
export class StepwiseJobsTest extends PostgresJobsTest {
  protected override async setUp(): Promise<void> {
    await super.setUp();
    await this.use(throughCommits(this.database.source, () => this.get(Commits)));
  }
}
