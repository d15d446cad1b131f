import type { Pool } from 'pg';

const TABLES = `
  SELECT c.oid, c.oid::regclass::text AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
    AND c.relname NOT IN ('migrations', 'typeorm_metadata')
  ORDER BY c.oid`;

const REFERENCES = `SELECT conrelid AS child, confrelid AS parent FROM pg_constraint WHERE contype = 'f' AND conrelid <> confrelid`;

type Table = { readonly oid: number; readonly name: string };
type Reference = { readonly child: number; readonly parent: number };

/**
 * The tables that migrations leave empty, those that refer to others before those they refer to.
 *
 * A table that migrations fill holds reference data: it is not in the list, and tests leave it as it is.
 */
export async function emptyTables(connection: Pool): Promise<string[]> {
  const { rows: tables } = await connection.query<Table>(TABLES);
  const { rows: references } = await connection.query<Reference>(REFERENCES);
  const empty: Table[] = [];
  for (const table of tables) {
    const { rowCount } = await connection.query(`SELECT 1 FROM ${table.name} LIMIT 1`);
    if (rowCount === 0) empty.push(table);
  }
  return childrenFirst(empty, references).map(({ name }) => name);
}

export function childrenFirst(tables: readonly Table[], references: readonly Reference[]): Table[] {
  const sorted: Table[] = [];
  const left = new Set(tables);
  while (left.size > 0) {
    const waiting = new Set(
      references.filter(({ child }) => [...left].some(({ oid }) => oid === child)).map(({ parent }) => parent),
    );
    const next = [...left].filter(({ oid }) => !waiting.has(oid));
    if (next.length === 0) {
      const names = [...left].map(({ name }) => name).join(', ');
      throw new Error(`The tables ${names} refer to each other in a circle, so no order of DELETE can empty them.`);
    }
    for (const table of next) left.delete(table);
    sorted.push(...next);
  }
  return sorted;
}
