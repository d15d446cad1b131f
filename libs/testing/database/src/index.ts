export { useDatabase, type ClonedDatabase, type TestDatabase } from './use-database.ts';
