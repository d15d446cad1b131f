import type { DataSource, QueryRunner } from 'typeorm';

/** Names of migrations, in the order in which they were or will be run. */
export type MigrationStatus = {
  readonly applied: readonly string[];
  /** In the code, not in the database. */
  readonly pending: readonly string[];
  /** In the database, not in the code: the database is newer than the code, or comes from another branch. */
  readonly unknown: readonly string[];
};

/** Compares the code with the database. Reads only: a database without any migration yet is a good answer. */
export async function migrationStatus(source: DataSource, runner?: QueryRunner): Promise<MigrationStatus> {
  const recorded = await recordedNames(source, runner);
  const known = source.migrations.map((migration) => migration.name ?? migration.constructor.name);
  return {
    applied: recorded.filter((name) => known.includes(name)),
    pending: known.filter((name) => !recorded.includes(name)).sort((a, b) => timestampOf(a) - timestampOf(b)),
    unknown: recorded.filter((name) => !known.includes(name)),
  };
}

/** TypeORM orders migrations by the 13 digits at the end of their class's name. */
function timestampOf(name: string): number {
  return Number(name.slice(-13));
}

async function recordedNames(source: DataSource, runner?: QueryRunner): Promise<string[]> {
  const [{ exists }] = await source.query<[{ exists: boolean }]>(
    `SELECT to_regclass('migrations') IS NOT NULL AS exists`,
    [],
    runner,
  );
  if (!exists) return [];
  const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id', [], runner);
  return rows.map(({ name }) => name);
}
