import { AsyncTestBase } from '#testing/lifecycle';
import type { AbstractNewable, ContainerModule, ServiceIdentifier } from 'inversify';
import { TestContainer } from './test-container.ts';

/** A test of code that is wired by container modules. Say which in `modules`; every test gets a new container. */
export abstract class ContainerTest extends AsyncTestBase {
  #container: TestContainer | undefined;

  protected abstract modules(): readonly ContainerModule[];

  protected override async setUp(): Promise<void> {
    this.#container = await this.use(new TestContainer(this.modules()));
  }

  protected override verify(): void {
    this.#opened.verify();
  }

  readonly get = <T>(token: ServiceIdentifier<T>): Promise<T> => this.#opened.get(token);

  /** Puts a double in the place of a port before anything is built from it; see {@link TestContainer.override}. */
  readonly override = <T>(port: AbstractNewable<T>, double: NoInfer<T>): void => this.#opened.override(port, double);

  get #opened(): TestContainer {
    if (this.#container === undefined) throw new Error('The container is not there before setUp.');
    return this.#container;
  }
}
