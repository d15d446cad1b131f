export { WorkflowTest } from './workflow-test.ts';
