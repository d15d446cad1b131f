import { appendFile, mkdir, readFile, symlink } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { KEEP_FILE } from '../embedded/tied-process.ts';

const REPOSITORY = join(import.meta.dirname, '../../../../..');
/** Links to clusters that were kept. The clusters stay where they are: the server's user may have no way to here. */
export const KEPT_LINKS = join(REPOSITORY, 'test-results', 'databases');

/** A database that is to be looked at after the run, and the test that failed in it. */
export type KeptDatabase = { readonly database: string; readonly test: string };

/** Makes a throwaway cluster outlive its server, and answers the command that opens it again. */
export async function keepCluster(home: string, kept: KeptDatabase): Promise<string> {
  await appendFile(join(home, KEEP_FILE), `${JSON.stringify({ ...kept, project: process.cwd() })}\n`);
  return `npm run test:database -- ${await linkTo(home)}`;
}

/** What was kept in a cluster, and by which project's run; empty where nothing was. */
export async function keptIn(home: string): Promise<readonly (KeptDatabase & { readonly project: string })[]> {
  const lines = (await readFile(join(home, KEEP_FILE), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as KeptDatabase & { readonly project: string });
}

async function linkTo(home: string): Promise<string> {
  const link = join(KEPT_LINKS, basename(home));
  try {
    await mkdir(KEPT_LINKS, { recursive: true });
    await symlink(home, link);
  } catch (error) {
    // Where links or the folder for them cannot be made, the cluster is called by its own name.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return home;
  }
  return relative(REPOSITORY, link);
}
