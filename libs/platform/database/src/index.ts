export type { DatabaseSchema } from './database-schema.ts';
export { asOpenTransaction, managerOf } from './open-transaction.ts';
export { readWith } from './read-with.ts';
export { TypeOrmTransaction } from './typeorm-transaction.ts';
