import { outsideTests } from '#testing/runtime';
import type { Rung } from './ladder.ts';
import { SharedDatabase } from './shared-database.ts';
import { Template } from './template.ts';
import type { TestSchema } from './test-postgres.ts';
import { WarmClones } from './warm-clones.ts';

/** The databases of this process for one set of schemas. */
export type Databases = {
  readonly clones: WarmClones;
  /** The one that tests share, made by the first who asks. */
  shared(rung: Exclude<Rung, 'clone'>): Promise<SharedDatabase>;
};

const known = new WeakMap<Template, Databases>();

export async function databasesFor(schemas: readonly TestSchema[]): Promise<Databases> {
  const template = await Template.of(schemas);
  const databases = known.get(template) ?? databasesOf(template);
  known.set(template, databases);
  return databases;
}

function databasesOf(template: Template): Databases {
  const shared = new Map<Rung, Promise<SharedDatabase>>();
  return {
    clones: new WarmClones(template),
    shared: (rung) => {
      const database = shared.get(rung) ?? outsideTests(() => SharedDatabase.open(template, rung));
      shared.set(rung, database);
      return database;
    },
  };
}
