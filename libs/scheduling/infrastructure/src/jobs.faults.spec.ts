import { InMemoryJobsTest } from './testing/in-memory-jobs-test.ts';
import { jobFaults } from './testing/job-faults.ts';

const t = InMemoryJobsTest.install();

describe('A job in memory, whatever fails,', () => {
  jobFaults(t);
});
