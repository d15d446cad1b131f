import type { TemporaryFolder } from '#testing/system';
import { readdir } from 'node:fs/promises';

/** How many files there are in a folder and all below it, whole or half written. */
export async function filesIn({ path }: TemporaryFolder): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
