import type { AbstractNewable, ServiceIdentifier } from 'inversify';
import { Container, type ContainerModule } from 'inversify';
import { bindingGraph, nameOf, type BindingNode } from './binding-graph.ts';

/**
 * A container of its own for one test, from the modules the applications load.
 *
 * An override has to name a port that a module binds, and has to come before anything was built from that port: a
 * consumer that exists already would keep the real one. `verify` fails on overrides that nothing asked for. Disposing
 * releases what the container built, newest first; constants and doubles belong to whoever made them.
 */
export class TestContainer implements AsyncDisposable {
  readonly #container = new Container({ defaultScope: 'Singleton' });
  readonly #graph: readonly BindingNode[];
  readonly #built: { readonly token: ServiceIdentifier; readonly instance: unknown }[] = [];
  readonly #overridden = new Set<ServiceIdentifier>();

  constructor(modules: readonly ContainerModule[]) {
    this.#container.load(...modules);
    this.#graph = bindingGraph(this.#container);
    for (const token of new Set(this.#graph.map((node) => node.token))) this.#watch(token);
  }

  /** The binding's instance, built now if nobody asked for it before. */
  get<T>(token: ServiceIdentifier<T>): Promise<T> {
    return this.#container.getAsync(token);
  }

  /** Puts `double` in the place of a port, for this test only. */
  override<T>(port: AbstractNewable<T>, double: NoInfer<T>): void {
    if (!this.#container.isBound(port)) {
      throw new Error(`${port.name} cannot be overridden: no module of this test binds it.`);
    }
    if (this.#isBuilt(port)) {
      const consumers = this.#consumersOf(port);
      const holder =
        consumers.length > 0
          ? `${consumers.join(' and ')} already hold(s) the real one`
          : 'the test has already asked for the real one';
      throw new Error(`${port.name} cannot be overridden any more: ${holder}. Override before the first use.`);
    }
    this.#container.rebind(port).toConstantValue(double as T);
    this.#watch(port);
    this.#overridden.add(port);
  }

  /** Fails if a double was never asked for: the test does not prove what it seems to. */
  verify(): void {
    const unused = [...this.#overridden].filter((token) => !this.#isBuilt(token)).map(nameOf);
    if (unused.length > 0) throw new Error(`Overridden, but nothing asked for it: ${unused.join(', ')}.`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await using stack = new AsyncDisposableStack();
    for (const { token, instance } of this.#built) {
      if (!this.#overridden.has(token) && !this.#isConstant(token) && isDisposable(instance)) stack.use(instance);
    }
  }

  #watch(token: ServiceIdentifier): void {
    this.#container.onActivation(token, (_, instance) => {
      this.#built.push({ token, instance });
      return instance;
    });
  }

  #isBuilt(token: ServiceIdentifier): boolean {
    return this.#built.some((built) => built.token === token);
  }

  #isConstant(token: ServiceIdentifier): boolean {
    return this.#graph.some((node) => node.token === token && node.constant);
  }

  #consumersOf(port: ServiceIdentifier): string[] {
    return this.#graph
      .filter(({ token, dependencies }) => this.#isBuilt(token) && dependencies.some((needed) => needed.token === port))
      .map(({ name }) => name);
  }
}

function isDisposable(value: unknown): value is Disposable | AsyncDisposable {
  return typeof value === 'object' && value !== null && (Symbol.asyncDispose in value || Symbol.dispose in value);
}
