import { AsyncLocalStorage } from 'node:async_hooks';

/** Asks for the fixture, which is made by the first who asks. */
export type Fixture<F> = () => Promise<F>;

/** Who owns fixtures: knows their names, and releases what is disposable. */
export type FixtureOwner = {
  nameOf(fixture: Fixture<unknown>): string;
  own(resource: Disposable | AsyncDisposable): Promise<unknown>;
};

class Making {
  readonly name: string;
  readonly #waitsFor = new Set<Making>();
  /** What it calls later, such as a callback that it has left, holds up nobody who waits for it. */
  isOver = false;

  constructor(name: string) {
    this.name = name;
  }

  /** Whoever waits for itself, through others or not, waits for ever. */
  waitFor(other: Making): void {
    const way = other.#wayTo(this);
    if (way !== undefined) {
      const names = [this, ...way].map(({ name }) => name);
      throw new Error(`Fixtures need each other in a circle: ${names.join(' → ')}.`);
    }
    this.#waitsFor.add(other);
  }

  done(other: Making): void {
    this.#waitsFor.delete(other);
  }

  #wayTo(goal: Making): readonly Making[] | undefined {
    if (this === goal) return [this];
    for (const next of this.#waitsFor) {
      const way = next.#wayTo(goal);
      if (way !== undefined) return [this, ...way];
    }
    return undefined;
  }
}

const making = new AsyncLocalStorage<Making>();

/** Made once, shared by all who ask, also at the same time. Fails by its name, and with it all who ask. */
export function fixtureOf<F>(make: () => F | Promise<F>, owner: FixtureOwner): Fixture<F> {
  let own: { readonly as: Making; readonly made: Promise<F> } | undefined;
  const open = async (name: string): Promise<F> => {
    try {
      // Made a moment later, so that one who asks for itself finds that it is being made.
      const value = await Promise.resolve().then(make);
      if (isDisposable(value)) await owner.own(value);
      return value;
    } catch (cause) {
      throw new Error(`The fixture ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  };
  const fixture = async (): Promise<F> => {
    const within = making.getStore();
    const asker = within?.isOver ? undefined : within;
    if (own === undefined) {
      const as = new Making(owner.nameOf(fixture));
      const made = making.run(as, () => open(as.name)).finally(() => (as.isOver = true));
      own = { as, made };
    }
    asker?.waitFor(own.as);
    try {
      return await own.made;
    } finally {
      asker?.done(own.as);
    }
  };
  return fixture;
}

function isDisposable(value: unknown): value is Disposable | AsyncDisposable {
  return typeof value === 'object' && value !== null && (Symbol.asyncDispose in value || Symbol.dispose in value);
}
