import type { DataSource } from 'typeorm';

/**
 * The statements that would make a migrated database equal to its rows; none when the two agree.
 *
 * TypeORM compares tables, columns, indexes, foreign keys and checks, also by name: what only the migration knows, such
 * as a partial index, is declared in the row as well (an index that TypeORM cannot express with `synchronize: false`).
 */
export async function schemaDrift(source: DataSource): Promise<string[]> {
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}
