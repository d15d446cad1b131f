import type { AsyncTestBase, Part } from '#testing/lifecycle';
import type { AbstractNewable, ContainerModule, ServiceIdentifier } from 'inversify';
import type { LoggedCall } from './call-log.ts';
import type { Rebinding } from './overrides.ts';
import type { Script } from './script.ts';
import type { MethodOf } from './scripts.ts';
import { TestContainer } from './test-container.ts';

/**
 * A container of each test's own, for any base: `readonly container = this.part(new TestContainerPart(() => this.modules()))`.
 * The modules are asked for when the test first uses it, so that they may be made from its other parts.
 */
export class TestContainerPart implements Part {
  readonly #modules: () => readonly ContainerModule[];
  #test: AsyncTestBase | undefined;
  #container: TestContainer | undefined;
  /** Those of processes that have died, oldest first. */
  readonly #dead: TestContainer[] = [];
  /** Doubles stand for what is outside of the process: they outlive it. */
  readonly #overrides: ((container: TestContainer) => void)[] = [];

  constructor(modules: () => readonly ContainerModule[]) {
    this.#modules = modules;
  }

  setUp(test: AsyncTestBase): void {
    this.#test = test;
  }

  /** What died has proved nothing about doubles and scripts, and what came after it may not need them again. */
  verify(): void {
    if (this.#dead.length === 0) this.#container?.verify();
  }

  /** The next one to ask gets a new container, made of the same modules, with the same doubles and without scripts. */
  crash(): void {
    if (this.#container === undefined) return;
    this.#container.die();
    this.#dead.push(this.#container);
    this.#container = undefined;
  }

  /** What the modules bind to this token, built now if nobody asked for it before. */
  readonly get = <T>(token: ServiceIdentifier<T>): Promise<T> => this.#opened.get(token);

  /** Puts a double in the place of a port before anything is built from it; see {@link TestContainer.override}. */
  readonly override = <T>(port: AbstractNewable<T>, double: NoInfer<T>): void =>
    this.#override((container) => container.override(port, double));

  /** Puts doubles in the places of all that is bound to a port; see {@link TestContainer.overrideAll}. */
  readonly overrideAll = <T>(port: AbstractNewable<T>, doubles: readonly NoInfer<T>[]): void =>
    this.#override((container) => container.overrideAll(port, doubles));

  /** Binds a port as a module would; see {@link TestContainer.overrideWith}. */
  readonly overrideWith = <T>(port: AbstractNewable<T>, rebinding: Rebinding<T>): void =>
    this.#override((container) => container.overrideWith(port, rebinding));

  /** Says what becomes of calls of a port from now on, whatever its adapter: `script(Devices, 'insert').answersTwice()`. */
  readonly script = <T>(port: ServiceIdentifier<T>, method: MethodOf<T>): Script => this.#opened.script(port, method);

  /** The calls of these ports so far, in order, with their outcome and the time of the test's clock. */
  readonly calls = (...ports: readonly ServiceIdentifier[]): readonly LoggedCall[] =>
    [...this.#dead, this.#opened].flatMap((container) => container.calls(...ports));

  #override(apply: (container: TestContainer) => void): void {
    apply(this.#opened);
    this.#overrides.push(apply);
  }

  get #opened(): TestContainer {
    if (this.#test === undefined) throw new Error('The container is there once the test runs.');
    return (this.#container ??= this.#open(this.#test));
  }

  #open(test: AsyncTestBase): TestContainer {
    const container = new TestContainer(this.#modules(), { scope: test, clock: test.clock });
    for (const override of this.#overrides) override(container);
    return container;
  }
}
