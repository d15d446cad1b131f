import type { Clock } from '#kernel';
import { ManualClock } from '#kernel/testing';
import { TestScope } from '#testing/lifecycle';
import { isOn, runningTest } from '#testing/runtime';
import { Container, type AbstractNewable, type ContainerModule, type ServiceIdentifier } from 'inversify';
import { bindingTable, nameOf, type BindingTable } from './binding-graph.ts';
import { CallLog, type LoggedCall } from './call-log.ts';
import { refuseLateCalls } from './late-calls.ts';
import { Overrides, type Rebinding } from './overrides.ts';
import { interceptedByContext, type Interceptor } from './port-call.ts';
import { isPortLike } from './port-like.ts';
import { PortWrapper } from './port-wrapper.ts';
import type { Script } from './script.ts';
import { Scripts, type MethodOf } from './scripts.ts';
import { refuseChangedConstants } from './shared-constants.ts';

export type TestContainerOptions = {
  /** Who releases what the container builds, one step for each; otherwise the container itself does when it is disposed. */
  readonly scope?: Pick<TestScope, 'defer'>;
  /**
   * By which calls are logged and late answers come. Without one time stands still: all calls have the same time, and an
   * answer that is scripted to be late never comes. It is not a virtual clock, because nobody could let its time pass.
   */
  readonly clock?: Pick<Clock, 'now' | 'sleep'>;
  /** What else stands between the callers of ports and their adapters: inside of the log, outside of the scripts. */
  readonly interceptors?: readonly Interceptor[];
};

/**
 * A container of its own for one test, from the modules the applications load. Nothing is ever restored: what is expensive
 * and shared, such as a connection pool, is handed to the modules from outside.
 *
 * An override has to name a port that a module binds, and has to come before anything was built from that port: a
 * consumer that exists already would keep the real one. `verify` fails on overrides that nothing asked for and on scripts
 * that no call has met. What the container built is released in the reverse order of construction, with the module's
 * deactivations; constants and doubles belong to whoever made them.
 *
 * Every port is reached through a {@link PortWrapper}, so that its calls can be logged and scripted, and those of a test
 * that has ended refused.
 */
export class TestContainer implements AsyncDisposable {
  readonly #container = new Container({ defaultScope: 'Singleton' });
  readonly #ownScope = new TestScope();
  readonly #scope: Pick<TestScope, 'defer'>;
  readonly #bindings: BindingTable;
  readonly #wrapper: PortWrapper;
  readonly #log: CallLog;
  readonly #scripts: Scripts;
  readonly #asked = new Set<ServiceIdentifier>();
  readonly #built = new Set<ServiceIdentifier>();
  readonly #owned = new WeakSet();
  readonly #overrides: Overrides;
  #late = new TestScope();
  #closed = false;

  constructor(modules: readonly ContainerModule[], options: TestContainerOptions = {}) {
    const { clock = new ManualClock(), interceptors = [] } = options;
    this.#scope = options.scope ?? this.#ownScope;
    this.#log = new CallLog(clock);
    this.#scripts = new Scripts(clock);
    this.#wrapper = new PortWrapper([
      refuseLateCalls({ test: runningTest(), isClosed: () => this.#closed }),
      this.#log.intercept,
      ...interceptors,
      interceptedByContext,
      this.#scripts.intercept,
    ]);
    this.#container.load(...modules);
    this.#bindings = bindingTable(this.#container);
    this.#overrides = new Overrides(this.#container, this.#bindings, { asked: this.#asked, built: this.#built });
    refuseChangedConstants(this.#bindings);
    for (const token of this.#bindings.tokens()) this.#watch(token);
    this.#scope.defer(() => void (this.#closed = true), 'the end of the container');
  }

  /** The binding's instance, built now if nobody asked for it before. */
  async get<T>(token: ServiceIdentifier<T>): Promise<T> {
    this.#asked.add(token);
    const instance = await this.#container.getAsync(token).finally(() => this.#releaseLate());
    if (!this.#closed) return instance;
    throw new Error(`The test is over: ${nameOf(token)}, and whatever was built for it behind the end, is released.`);
  }

  /** Puts `double` in the place of a port, for this test only. */
  override<T>(port: AbstractNewable<T>, double: NoInfer<T>): void {
    this.overrideWith(port, (bind) => bind.toConstantValue(double as T));
  }

  /** Puts `doubles` in the places of all that is bound to a port; each keeps the name or tag of its place. */
  overrideAll<T>(port: AbstractNewable<T>, doubles: readonly NoInfer<T>[]): void {
    this.#override(
      port,
      doubles.map((double) => (bind) => bind.toConstantValue(double as T)),
    );
  }

  /** Binds a port as a module would, such as to a double that has dependencies; what is built then is released at the end. */
  overrideWith<T>(port: AbstractNewable<T>, rebinding: Rebinding<T>): void {
    this.#override(port, [rebinding]);
  }

  /** Says what becomes of calls of a port from now on; see {@link Script}. */
  script<T>(port: ServiceIdentifier<T>, method: MethodOf<T>): Script {
    return this.#scripts.add(port, method);
  }

  /** The calls of these ports so far, in order. */
  calls(...ports: readonly ServiceIdentifier[]): readonly LoggedCall[] {
    return this.#log.of(...ports);
  }

  /** Fails if nothing asked for a double or met a script: the test does not prove what it seems to. */
  verify(): void {
    if (!isOn('overrides')) return;
    const { unused } = this.#overrides;
    const { unmet } = this.#scripts;
    if (unused.length > 0) throw new Error(`Overridden, but nothing asked for it: ${unused.join(', ')}.`);
    if (unmet.length > 0) throw new Error(`Scripted, but no call met it: ${unmet.join(', ')}.`);
  }

  /** Lets the process die that it stands for: nothing that it has built hears of its ports again. */
  die(): void {
    this.#wrapper.die();
  }

  /** Releases what was built, when no other scope does. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.#ownScope.close();
  }

  #override<T>(port: AbstractNewable<T>, doubles: readonly Rebinding<T>[]): void {
    this.#overrides.add(port, doubles);
    this.#watch(port); // unbinding took the activation along
  }

  #watch(token: ServiceIdentifier): void {
    this.#container.onActivation(token, (_, instance) => {
      const reached = isPort(token, instance) ? this.#wrapper.port(instance, token) : instance;
      const release = this.#own(token, reached, this.#isConstant(token, instance));
      const owner = this.#closed ? this.#late : this.#scope;
      owner.defer(release, `the release of ${nameOf(token)}`);
      return reached;
    });
  }

  /** What was still being built at the end of the test has no other owner. */
  async #releaseLate(): Promise<void> {
    const late = this.#late;
    this.#late = new TestScope();
    await late.close();
  }

  /** Makes an instance the container's to release, and says how. */
  #own(token: ServiceIdentifier, instance: unknown, isConstant: boolean): () => Promise<void> {
    const oldest = !this.#built.has(token);
    this.#built.add(token);
    const disposable = isDisposable(instance) && !isConstant && !this.#owned.has(instance) ? instance : undefined;
    if (disposable !== undefined) this.#owned.add(disposable);
    return async () => {
      await using steps = new AsyncDisposableStack();
      steps.use(disposable);
      // Runs the deactivations, of all that is bound to the token.
      if (oldest) steps.defer(() => this.#container.unbindAsync(token));
    };
  }

  #isConstant(token: ServiceIdentifier, instance: unknown): boolean {
    return this.#bindings.of(token).some((binding) => binding.type === 'ConstantValue' && binding.value === instance);
  }
}

/** An abstract class is answered for by an instance of another class; a name or symbol says nothing, so the instance does. */
function isPort(token: ServiceIdentifier, instance: unknown): boolean {
  if (typeof instance === 'function') return true;
  if (typeof instance !== 'object' || instance === null) return false;
  return typeof token === 'function' ? instance.constructor !== token : isPortLike(instance);
}

function isDisposable(value: unknown): value is Disposable | AsyncDisposable {
  return typeof value === 'object' && value !== null && (Symbol.asyncDispose in value || Symbol.dispose in value);
}
