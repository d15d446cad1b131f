import { ContainerTest } from '#testing/container';
import { TestWorkflow } from './test-workflow.ts';

/** A test of what takes many steps through the ports of a container, in the time of the test. */
export abstract class WorkflowTest extends ContainerTest {
  readonly #workflow = this.part(new TestWorkflow(this));

  readonly complete = this.#workflow.complete;
  readonly steps = this.#workflow.steps;
}
