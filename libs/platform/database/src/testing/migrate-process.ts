import { migrate } from '../migrate.ts';
import { openDatabase } from '../open-database.ts';
import { shelves } from './shelves.ts';

/** Migrates in a process of its own and prints what it ran. */
const source = await openDatabase({ url: process.argv[2] ?? '', schemas: [shelves] });
console.log(JSON.stringify((await migrate(source, AbortSignal.timeout(20_000))).ran));
await source.destroy();
