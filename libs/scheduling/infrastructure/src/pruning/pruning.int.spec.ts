import { pruneScenarios } from '../testing/prune-scenarios.ts';
import { StepwiseJobsTest } from '../testing/stepwise-jobs-test.ts';

const t = StepwiseJobsTest.install();

describe('Old jobs in PostgreSQL', () => {
  pruneScenarios(t, ['fails-after', 'aborts', 'twice', 'crashes-before', 'crashes-after']);
});
