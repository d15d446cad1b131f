import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { clusterIn, usualStateFolders } from './cluster-home.ts';

/** The lines of `postmaster.pid`, counted from 0, as PostgreSQL documents them. */
const [PORT, STATUS] = [3, 7];

/**
 * The URL of the server that another process has started for this folder; null when none takes connections. Changes nothing,
 * and nothing is promised: the server may end at any time, and one that was killed may seem to be there still.
 */
export async function runningPostgres(
  folder: string,
  stateFolders: readonly string[] = usualStateFolders(resolve(folder)),
): Promise<string | null> {
  for (const home of [resolve(folder), ...stateFolders]) {
    const cluster = clusterIn(home);
    const lines = (await textIn(join(cluster, 'data', 'postmaster.pid'))).split('\n');
    const password = await textIn(join(cluster, 'password'));
    if (lines[STATUS]?.trim() !== 'ready' || password === '') continue;
    return `postgresql://postgres:${password}@127.0.0.1:${Number(lines[PORT])}/postgres`;
  }
  return null;
}

async function textIn(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
    throw error;
  });
}
