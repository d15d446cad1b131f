import { AsyncTestBase } from '#testing/lifecycle';
import type { Rung } from './ladder.ts';
import { TestDatabase } from './test-database.ts';
import type { TestSchema } from './test-postgres.ts';

/**
 * Base of tests that need a database and little else:
 * `class DevicesTest extends DatabaseTest { protected schemas() { return [devicesSchema]; } }`.
 */
export abstract class DatabaseTest extends AsyncTestBase {
  readonly database = this.part(
    new TestDatabase(
      () => this.schemas(),
      () => ({ rung: this.rung(), races: this.races() }),
    ),
  );

  /** Called before the body of each test, when the fields of the class are there. */
  protected abstract schemas(): readonly TestSchema[];

  /** How the tests are kept apart. */
  protected rung(): Rung {
    return 'reset';
  }

  /** Whether the tests are about concurrency, so that they are refused where none could be seen. */
  protected races(): boolean {
    return false;
  }
}
