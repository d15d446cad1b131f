export { TestWorkflow, type Workflow } from './test-workflow.ts';
export { WorkflowTest } from './workflow-test.ts';
