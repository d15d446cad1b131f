import { shared } from '#testing/runtime';
import type { Rung } from './ladder.ts';
import { keyOf } from './schemas-key.ts';
import { SharedDatabase } from './shared-database.ts';
import { Template } from './template.ts';
import type { TestSchema } from './test-postgres.ts';
import { WarmClones } from './warm-clones.ts';

/**
 * The databases of this process for one set of schemas. Their connections are closed at the end of the run where the kit's
 * plugin is loaded, and otherwise keep nothing from ending; the databases go with the server or with the run's others.
 */
export type Databases = {
  readonly clones: WarmClones;
  /** The one that tests share, made by the first who asks. */
  shared(rung: Exclude<Rung, 'clone'>): Promise<SharedDatabase>;
};

const known = new Map<string, () => Promise<Databases>>();

export function databasesFor(schemas: readonly TestSchema[]): Promise<Databases> {
  const key = keyOf(schemas);
  const databases =
    known.get(key) ??
    shared(
      () => databasesOf(schemas),
      ({ clones }) => clones.close(),
    );
  known.set(key, databases);
  return databases();
}

async function databasesOf(schemas: readonly TestSchema[]): Promise<Databases> {
  const template = await Template.of(schemas);
  const sharedOn = (rung: Exclude<Rung, 'clone'>): (() => Promise<SharedDatabase>) =>
    shared(
      () => SharedDatabase.open(template, rung),
      (database) => database.close(),
    );
  const byRung = { rollback: sharedOn('rollback'), session: sharedOn('session'), reset: sharedOn('reset') };
  return { clones: new WarmClones(template), shared: (rung) => byRung[rung]() };
}
