export { writtenMigrations } from './written-migrations.ts';
