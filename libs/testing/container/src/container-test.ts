import { AsyncTestBase, type Part } from '#testing/lifecycle';
import type { AbstractNewable, ContainerModule, ServiceIdentifier } from 'inversify';
import type { LoggedCall } from './call-log.ts';
import type { Rebinding } from './overrides.ts';
import type { Script } from './script.ts';
import type { MethodOf } from './scripts.ts';
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

  /** Puts doubles in the places of all that is bound to a port; see {@link TestContainer.overrideAll}. */
  readonly overrideAll = <T>(port: AbstractNewable<T>, doubles: readonly NoInfer<T>[]): void =>
    this.#container.opened.overrideAll(port, doubles);

  /** Binds a port as a module would; see {@link TestContainer.overrideWith}. */
  readonly overrideWith = <T>(port: AbstractNewable<T>, rebinding: Rebinding<T>): void =>
    this.#container.opened.overrideWith(port, rebinding);

  /** Says what becomes of calls of a port from now on, whatever its adapter: `script(Devices, 'insert').answersTwice()`. */
  readonly script = <T>(port: ServiceIdentifier<T>, method: MethodOf<T>): Script =>
    this.#container.opened.script(port, method);

  /** The calls of these ports so far, in order, with their outcome and the time of the test's clock. */
  readonly calls = (...ports: readonly ServiceIdentifier[]): readonly LoggedCall[] =>
    this.#container.opened.calls(...ports);
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
    return (this.#container ??= new TestContainer(this.#modules(), { scope: this.#test, clock: this.#test.clock }));
  }
}
