export { useDatabase, type ClonedDatabase, type TestDatabase } from './use-database.ts';
export { writtenMigrations } from './written-migrations.ts';
