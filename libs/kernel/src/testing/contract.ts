/** A class whose instances are taken where the port is asked for; how they are made is not looked at. */
export type AdapterOf<Port> = { readonly name: string; readonly prototype: Port };

/** The suite of a port, as the specs of its adapters know it. */
export type Contract<Port, Open> = {
  /**
   * Declares the whole suite for one adapter, as a `describe` of its own: call it in a spec, where hooks around it apply.
   * `open` makes what the suite says it needs, new for each test.
   */
  holdsFor(adapter: AdapterOf<Port>, open: Open): void;
};

/**
 * Binds a port to the one suite that all of its adapters pass, the mocks and the real ones:
 *
 *     export const clockContract = contract(Clock, (open: () => Clock) => {
 *       it('...', () => { ... });
 *     });
 *
 *     clockContract.holdsFor(SystemClock, () => new SystemClock());
 *
 * Both calls are read from the source by `#testing/contracts`, which finds ports without a suite and adapters that were
 * never held to it: give the contract a name of its own, and say port and adapter by the names of their classes.
 */
export function contract<Port, Open>(port: AdapterOf<Port>, tests: (open: Open) => void): Contract<Port, Open> {
  return {
    holdsFor: (adapter, open) => {
      describe(`${adapter.name} as ${port.name}`, () => {
        tests(open);
      });
    },
  };
}
