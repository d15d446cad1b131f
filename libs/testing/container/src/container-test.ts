import { AsyncTestBase } from '#testing/lifecycle';
import type { ContainerModule } from 'inversify';
import { TestContainerPart } from './test-container-part.ts';

/** A test of code that is wired by container modules. Say which in `modules`; every test gets a new container. */
export abstract class ContainerTest extends AsyncTestBase {
  readonly #container = this.part(new TestContainerPart(() => this.modules()));

  /** Called when the test first asks for something: its other parts are there by then. */
  protected abstract modules(): readonly ContainerModule[];

  readonly get = this.#container.get;
  readonly override = this.#container.override;
  readonly overrideAll = this.#container.overrideAll;
  readonly overrideWith = this.#container.overrideWith;
  readonly script = this.#container.script;
  readonly calls = this.#container.calls;
}
