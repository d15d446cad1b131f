import { isOn } from '#testing/runtime';
import type {
  AbstractNewable,
  BindToFluentSyntax,
  BindWhenFluentSyntax,
  Container,
  ServiceIdentifier,
} from 'inversify';
import { nameOf, type BindingTable } from './binding-graph.ts';
import { holdersOf, namesOf } from './holders.ts';

/** How a double is bound: `(bind) => bind.toResolvedValue((clock) => new SlowDevices(clock), [Clock])`. */
export type Rebinding<T> = (bind: BindToFluentSyntax<T>) => BindWhenFluentSyntax<T>;

/** What has been asked of a container, and what it has built so far. */
export type Consumption = {
  readonly asked: ReadonlySet<ServiceIdentifier>;
  readonly built: ReadonlySet<ServiceIdentifier>;
};

/** The ports of one container that doubles answer for. */
export class Overrides {
  readonly #container: Container;
  readonly #bindings: BindingTable;
  readonly #consumption: Consumption;
  readonly #ports = new Set<ServiceIdentifier>();

  constructor(container: Container, bindings: BindingTable, consumption: Consumption) {
    this.#container = container;
    this.#bindings = bindings;
    this.#consumption = consumption;
  }

  /** Puts one double in the place of each binding of the port, in their order; each keeps the name or tag of its place. */
  add<T>(port: AbstractNewable<T>, doubles: readonly Rebinding<T>[]): void {
    const places = this.#bindings.of(port).map(({ isSatisfiedBy }) => isSatisfiedBy);
    if (places.length === 0) throw new Error(`${port.name} cannot be overridden: no module of this test binds it.`);
    if (places.length !== doubles.length) {
      throw new Error(
        `${port.name} is bound ${places.length} times, so that it takes as many doubles: overrideAll(${port.name}, [...]).`,
      );
    }
    if (isOn('overrides')) this.#refuseIfHeld(port);
    this.#container.unbind(port);
    for (const [index, rebind] of doubles.entries()) {
      const place = places[index];
      const binding = rebind(this.#container.bind(port));
      if (place !== undefined) binding.when(place);
    }
    this.#ports.add(port);
  }

  /** The ports whose doubles nothing has asked for, by name. */
  get unused(): readonly string[] {
    return [...this.#ports].filter((port) => !this.#consumption.built.has(port)).map(nameOf);
  }

  #refuseIfHeld(port: AbstractNewable<unknown>): void {
    const { asked, built } = this.#consumption;
    const nodes = this.#bindings.nodes();
    const holders = holdersOf(port, { nodes, asked: [...asked, ...built] });
    const names = namesOf(port, nodes);
    const earlier = this.#ports.has(port) ? 'the earlier double' : 'the real one';
    const why =
      holders.length > 0
        ? `${holders.join(' and ')} already ${holders.length > 1 ? 'hold' : 'holds'} ${earlier}`
        : [...asked].some((token) => names.has(token))
          ? `the test has already asked for ${earlier}`
          : built.has(port)
            ? `${earlier} was already built for something that looks things up itself`
            : undefined;
    if (why === undefined) return;
    throw new Error(`${port.name} cannot be overridden any more: ${why}. Override before the first use.`);
  }
}
