import type { AsyncTestBase } from './async-test-base.ts';

/**
 * Something that a test has for as long as it runs, such as a container or a database. A base offers what its parts offer;
 * a part that opens something hands it to the test's `use` or `defer`, and has no other end.
 */
export type Part = {
  /** What takes long and serves every test of the process, such as starting a server. Not counted against the test's limit. */
  prepare?(): Promise<unknown>;
  /** Before the body of each test, in the order in which the parts were declared. */
  setUp?(test: AsyncTestBase): void | Promise<void>;
  /** After a body that has passed, before any clean-up: throws when the test did not prove what it seems to. */
  verify?(): void | Promise<void>;
  /** The process dies here: its memory and connections are gone, and the part begins anew with what is durable. */
  crash?(): void | Promise<void>;
  /** Before a race of so many: throws when it could not be seen in this part, such as a database on one connection. */
  proveRaces?(racers: number): Promise<void>;
};
