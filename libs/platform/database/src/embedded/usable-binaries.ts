import { readFile, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { copyBinaries } from './copy-binaries.ts';
import { EmbeddedPostgresFailed } from './errors.ts';
import { isOfPlace, ownFolder } from './own-folder.ts';
import { succeeds, type ServerUser } from './server-user.ts';

type Options = { readonly user: ServerUser | undefined; readonly copyHomes?: readonly string[] };

/**
 * A folder whose programs the server's user can run: where npm put them, or a copy that is made once.
 *
 * A copy is needed where that user cannot get at node_modules (a home with mode 700) and where the links between the
 * libraries cannot be made there (read-only, or another user's).
 */
export async function usableBinaries(packaged: string, { user, copyHomes = usualHomes() }: Options): Promise<string> {
  if ((await linksMade(packaged)) && (await runs(packaged, user))) return packaged;
  const { version } = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8')) as { version: string };
  for (const home of copyHomes) {
    const copy = join(home, `postgresql-${version}`, 'native');
    if (await usableCopy(packaged, copy, home, user)) return copy;
  }
  throw new EmbeddedPostgresFailed(
    `PostgreSQL runs neither from ${packaged} nor from a copy in ${copyHomes.join(' or ')}.`,
  );
}

async function usableCopy(
  packaged: string,
  copy: string,
  home: string,
  user: ServerUser | undefined,
): Promise<boolean> {
  try {
    await ownFolder(home, 0o755);
    if (await runs(copy, user)) return true;
    await copyBinaries(packaged, copy);
    return (await linksMade(copy)) && (await runs(copy, user));
  } catch (error) {
    if (isOfPlace(error)) return false;
    throw error;
  }
}

function usualHomes(): string[] {
  const cache = process.getuid?.() === 0 ? '/var/cache/lockstep' : join(homedir(), '.cache', 'lockstep');
  return [cache, join(tmpdir(), `lockstep-programs-${process.getuid?.()}`)];
}

/** Does what the package's install script would do: this repository runs no install scripts. */
async function linksMade(binaries: string): Promise<boolean> {
  const list = await readFile(join(binaries, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    try {
      await symlink(basename(source), join(binaries, '..', target));
    } catch (error) {
      if (!isOfPlace(error)) throw error;
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function runs(binaries: string, user: ServerUser | undefined): Promise<boolean> {
  return succeeds(user, join(binaries, 'bin', 'postgres'), '--version');
}
