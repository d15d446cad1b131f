/** A class whose instances are taken where the port is asked for; how they are made is not looked at. */
export type AdapterOf<Port> = { readonly name: string; readonly prototype: Port };

/** The suite of a port, as the specs of its adapters know it. */
export type Contract<Port, Open> = {
  /**
   * Declares the whole suite for one adapter, as a `describe` of its own. `open` makes what the suite says it needs, new
   * for each test; one that a base of the test kit made (`t.opens`) also sets up and cleans up around each test.
   */
  holdsFor(adapter: AdapterOf<Port>, open: Open & Around): void;
};

/** What an opener may have besides being called: a way to put more around the body of every test of the suite. */
export type Around = { readonly around?: (body: Mocha.AsyncFunc) => Mocha.AsyncFunc };

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
      describe(`${adapter.name} as ${port.name}`, function () {
        tests(open);
        if (open.around) putAround(this, open.around);
      });
    },
  };
}

function putAround(suite: Mocha.Suite, around: NonNullable<Around['around']>): void {
  for (const test of suite.tests) if (test.fn) test.fn = around(test.fn as Mocha.AsyncFunc);
  for (const inner of suite.suites) putAround(inner, around);
}
