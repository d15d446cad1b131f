import { AsyncTestBase, type Part } from '#testing/lifecycle';
import type { AbstractNewable, ContainerModule, ServiceIdentifier } from 'inversify';
import { TestContainer } from './test-container.ts';

/** A test of code that is wired by container modules. Say which in `modules`; every test gets a new container. */
export abstract class ContainerTest extends AsyncTestBase {
  readonly #container = this.part(new ContainerPart(() => this.modules()));

  /** Called when the test first asks for something: its other parts are there by then. */
  protected abstract modules(): readonly ContainerModule[];

  readonly get = <T>(token: ServiceIdentifier<T>): Promise<T> => this.#container.opened.get(token);

  /** Puts a double in the place of a port before anything is built from it; see {@link TestContainer.override}. */
  readonly override = <T>(port: AbstractNewable<T>, double: NoInfer<T>): void =>
    this.#container.opened.override(port, double);
}

class ContainerPart implements Part {
  readonly #modules: () => readonly ContainerModule[];
  #test: AsyncTestBase | undefined;
  #container: TestContainer | undefined;

  constructor(modules: () => readonly ContainerModule[]) {
    this.#modules = modules;
  }

  setUp(test: AsyncTestBase): void {
    this.#test = test;
  }

  verify(): void {
    this.#container?.verify();
  }

  get opened(): TestContainer {
    if (this.#test === undefined) throw new Error('The container is there once the test runs.');
    if (this.#container === undefined) {
      const container = new TestContainer(this.#modules());
      this.#test.defer(() => container[Symbol.asyncDispose]());
      this.#container = container;
    }
    return this.#container;
  }
}
