import type { AsyncTestBase, Outcome, Part } from '#testing/lifecycle';
import { isOn, noteFact, outsideTests, runningTest } from '#testing/runtime';
import { relative } from 'node:path';
import type { DataSource } from 'typeorm';
import type { ClonedDatabase } from './cloned-database.ts';
import type { CommitFault } from './commit-faults.ts';
import { warmPool } from './connections.ts';
import { databasesFor, type Databases } from './databases.ts';
import { endAll } from './end-all.ts';
import type { Rung } from './ladder.ts';
import { poolOf } from './pool-watch.ts';
import { RaceProof } from './race-proof.ts';
import type { SharedDatabase } from './shared-database.ts';
import type { TestSchema } from './test-postgres.ts';

/** Clones that wait for the next tests of a suite on that rung: while a test works, the next ones' databases are made. */
const AHEAD = 4;
/** Putting a database aside means copying a new one. */
const END_MS = 30_000;
const raceProof = new RaceProof();

export type TestDatabaseOptions = {
  /** `reset` when not given; see {@link Rung}. */
  readonly rung?: Rung;
  /** Whether the tests are about concurrency: then they run only where {@link TestDatabase.proveRaces} succeeds. */
  readonly races?: boolean;
};

type MaybeLater<T> = T | (() => T);

/**
 * A real PostgreSQL database for each test, migrated, with no rows but those of the migrations:
 * `readonly database = this.part(new TestDatabase(devicesSchema, { rung: 'clone' }))`.
 *
 * A test that leaves a transaction, a statement or a connection open fails with its query, and the next begins clean. A
 * query of a test that has ended is refused and fails the run by that test's name. When a test fails, its database is
 * kept, three in a run (of each worker in parallel mode) and none in CI, and the failure says how to look at it.
 */
export class TestDatabase implements Part {
  readonly #schemas: () => TestSchema | readonly TestSchema[];
  readonly #given: () => TestDatabaseOptions;
  readonly #clones = new Set<ClonedDatabase>();
  #options: Required<TestDatabaseOptions> | undefined;
  #databases: Databases | undefined;
  #current: SharedDatabase | ClonedDatabase | undefined;

  /** A base that lets others choose gives functions, which are asked when the fields of the class are there. */
  constructor(schemas: MaybeLater<TestSchema | readonly TestSchema[]>, options: MaybeLater<TestDatabaseOptions> = {}) {
    this.#schemas = typeof schemas === 'function' ? schemas : () => schemas;
    this.#given = typeof options === 'function' ? options : () => options;
  }

  get rung(): Rung {
    return this.#chosen.rung;
  }

  get #chosen(): Required<TestDatabaseOptions> {
    return (this.#options ??= { rung: 'reset', races: false, ...this.#given() });
  }

  get source(): DataSource {
    return this.#inUse.source;
  }

  get url(): string {
    return this.#inUse.url;
  }

  /** Another database of the test's own, whatever the rung: for DDL, LISTEN and session locks, which concern all of one. */
  async clone(): Promise<ClonedDatabase> {
    if (this.#databases === undefined) throw notYet();
    const clone = await this.#databases.clones.take();
    this.#clones.add(clone);
    return clone;
  }

  /**
   * To be called before concurrency is put to the test. Throws {@link RacesHidden} on a rung that cannot show a race; once per
   * process and rung a lost update is provoked, and has to be seen. Then opens a connection for each of the racers.
   */
  async proveRaces(racers = 0): Promise<void> {
    await raceProof.require(this.rung, this.source);
    await warmPool(poolOf(this.source), racers);
  }

  /**
   * The process of the application dies: the sessions of its pool are ended on the server, which undoes what they had not
   * committed, and whatever was asked on them is never answered. Then the same source is open with a new pool; clones that
   * the test has taken go on. Only on `reset` and `clone`, and only the pool: what is taken from `source` later, also by code
   * of the process that died, is of the next one.
   */
  async crash(): Promise<void> {
    await this.#breakable('a crash').crash();
  }

  /**
   * Says what becomes of the next COMMIT on this pool: `database.onNextCommit().failsAfterEffect()` for the one of which
   * nobody learns that it took place. A statement outside of a transaction has none. The test fails when no COMMIT comes.
   * Only on `reset` and `clone`.
   */
  onNextCommit(): CommitFault {
    return this.#breakable('a COMMIT that fails').commits.onNextCommit();
  }

  verify(): void {
    if (this.#inUse.commits.unmet > 0 && isOn('overrides'))
      throw new Error('A COMMIT was to fail, and none came: say it only of what the test does, on the same database.');
  }

  async prepare(): Promise<void> {
    await outsideTests(async () => {
      const schemas = this.#schemas();
      this.#databases = await databasesFor('migrations' in schemas ? [schemas] : schemas);
      if (this.rung === 'clone') this.#databases.clones.warm(AHEAD);
      else await this.#databases.shared(this.rung);
    });
    if (this.#databases) await this.#proveAhead(this.#databases);
  }

  /** Ahead of the test, because nobody can say how long twenty tries take on a busy machine. */
  async #proveAhead({ clones, shared }: Databases): Promise<void> {
    if (!this.#chosen.races || raceProof.has(this.rung)) return;
    if (this.rung !== 'clone') return raceProof.require(this.rung, (await shared(this.rung)).source);
    await using clone = await clones.take(AHEAD);
    await raceProof.require(this.rung, clone.source);
  }

  async setUp(test: AsyncTestBase): Promise<void> {
    if (this.#databases === undefined) throw notYet();
    noteFact({ topic: 'rung', text: `${this.rung}: ${suite()}` });
    if (this.rung === 'clone') {
      this.#current = await this.#databases.clones.take(AHEAD);
    } else {
      const shared = await this.#databases.shared(this.rung);
      await shared.begin();
      this.#current = shared;
    }
    // Only now: a test that was stopped meanwhile has no other end, and ends what it got at once.
    test.defer((outcome) => this.#end(outcome), 'the end of the test database', { within: END_MS });
  }

  async #end({ failed, error }: Outcome): Promise<void> {
    const owner = runningTest();
    // The one that the next test uses comes first: a clone that does not end holds up nobody but itself.
    const databases = [this.#current, ...this.#clones].filter((database) => database !== undefined);
    for (const { watch } of databases) watch.endTurn(owner);
    const fault = await endAll(databases, { failed, test: owner?.title ?? 'a test', failure: error });
    if (fault !== undefined) throw fault;
  }

  /** The database, where its connections may break. */
  #breakable(by: string): SharedDatabase | ClonedDatabase {
    const { rung } = this;
    if (rung === 'reset' || rung === 'clone') return this.#inUse;
    throw new Error(
      `The database is on the rung "${rung}", where the test itself depends on the one connection there is, and ${by} ` +
        'would end it. Choose "reset" or "clone".',
    );
  }

  get #inUse(): SharedDatabase | ClonedDatabase {
    if (this.#current === undefined) throw notYet();
    return this.#current;
  }
}

function notYet(): Error {
  return new Error('The database is there once the parts of the test are set up: use it in the test or in its setUp.');
}

function suite(): string {
  const { file, title = 'tests' } = runningTest() ?? {};
  return file === undefined ? title : relative('', file);
}
