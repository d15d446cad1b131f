import { faults } from '#testing/failure';
import { InMemoryJobsTest } from '../testing/in-memory-jobs-test.ts';
import { pruneScenarios } from '../testing/prune-scenarios.ts';

const t = InMemoryJobsTest.install();

describe('Old jobs in memory', () => {
  pruneScenarios(t, faults);
});
