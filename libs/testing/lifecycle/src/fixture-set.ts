import type { AsyncTestBase } from './async-test-base.ts';
import { fixtureOf, type Fixture } from './fixture.ts';
import { nameIn } from './name-in.ts';
import type { Part } from './part.ts';

/**
 * Fixtures that several bases share: `class Accounts extends FixtureSet { readonly user = this.fixture(() => …) }`, then
 * `readonly accounts = this.part(new Accounts())` in each of them and `await accounts.user()` in a test.
 */
export abstract class FixtureSet implements Part {
  #test: AsyncTestBase | undefined;

  setUp(test: AsyncTestBase): void {
    this.#test = test;
  }

  /** The test that the fixtures are for: there once it runs. */
  protected get test(): AsyncTestBase {
    if (this.#test === undefined) {
      throw new Error(`${this.constructor.name} is no part of this test: hand it to \`part\` of the base.`);
    }
    return this.#test;
  }

  /** See `AsyncTestBase.fixture`. */
  protected fixture<F>(make: () => F | Promise<F>): Fixture<F> {
    return fixtureOf(make, {
      nameOf: (fixture) => `${this.constructor.name}.${nameIn(this, fixture)}`,
      own: (resource) => this.test.use(resource),
    });
  }
}
