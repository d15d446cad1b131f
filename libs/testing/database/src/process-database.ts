import { openDatabase, type DatabaseSchema } from '#platform/database';
import type { DataSource } from 'typeorm';
import { Reset } from './reset.ts';
import { Template } from './template.ts';
import { testServer } from './test-server.ts';

/** The database that the tests of one process share, one after the other, for one set of schemas. */
export type ProcessDatabase = {
  readonly url: string;
  readonly source: DataSource;
  readonly reset: Reset;
  readonly template: Template;
};

const databases = new Map<string, Promise<ProcessDatabase>>();

export function processDatabase(schemas: readonly DatabaseSchema[]): Promise<ProcessDatabase> {
  const key = schemas.flatMap(({ migrations }) => migrations.map(({ name }) => name)).join();
  const known = databases.get(key);
  if (known) return known;
  if (databases.size === 0)
    process.once('beforeExit', () => void removeAll().catch(() => {})); /* then the next run does it */
  const made = make(schemas, databases.size);
  databases.set(key, made);
  return made;
}

async function make(schemas: readonly DatabaseSchema[], number: number): Promise<ProcessDatabase> {
  const template = await Template.make(schemas, number);
  const url = await template.clone();
  const source = await openDatabase({ url, schemas, applicationName: 'test' });
  return { url, source, reset: await Reset.of(url), template };
}

/** On a throwaway server nothing needs to be removed: it goes with the process, however that ends. */
async function removeAll(): Promise<void> {
  const { throwaway } = await testServer();
  if (throwaway) return;
  for (const made of databases.values()) {
    const { url, source, reset, template } = await made;
    if (source.isInitialized) await source.destroy();
    await reset.end();
    await template.drop(url);
    await template.drop();
  }
}
