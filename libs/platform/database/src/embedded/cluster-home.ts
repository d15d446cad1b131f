import { createHash } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DataFolderRefused } from './errors.ts';
import { isOfPlace, ownFolder } from './own-folder.ts';
import { canEnter, canPass, userForServer, type ServerUser } from './server-user.ts';

/** The major whose programs this repository installs. It is in the folder's name: another major cannot read the data. */
export const MAJOR = '18';

/** Where a cluster is, or can be made. `home` is ours; `cluster` and all in it belong to the server's user. */
export type ClusterHome = {
  readonly home: string;
  readonly cluster: string;
  readonly exists: boolean;
  readonly user: ServerUser | undefined;
};

/**
 * Decides where the cluster of `directory` lives: there, or in a state folder where the server cannot get at it.
 *
 * A cluster that exists is never passed over for an empty one elsewhere: it is used or refused.
 */
export async function findClusterHome(
  directory: string,
  stateFolders: readonly string[] = usualStateFolders(directory),
): Promise<ClusterHome> {
  const places = [directory, ...stateFolders];
  for (const home of places) {
    const existing = await existingCluster(home);
    if (existing) return existing;
  }
  const user = userForServer();
  const mode = user ? 0o711 : 0o700;
  for (const home of places) {
    const made = home === directory ? mkdir(home, { recursive: true, mode }) : ownFolder(home, mode);
    if (await usable(home, user, made)) return { home, cluster: clusterIn(home), exists: false, user };
  }
  throw new DataFolderRefused(
    directory,
    `cannot be used by the database, and neither can ${stateFolders.join(' or ')}.`,
  );
}

export function clusterIn(home: string): string {
  return join(home, `pg${MAJOR}`);
}

async function existingCluster(home: string): Promise<ClusterHome | undefined> {
  const cluster = clusterIn(home);
  const found = await stat(cluster).catch(() => undefined);
  if (!found) return refuseOtherMajors(home);
  const us = process.getuid?.();
  if (us !== undefined && us !== 0 && found.uid !== us) {
    throw new DataFolderRefused(
      cluster,
      `belongs to user ${found.uid}. Start as that user or as root, or choose another folder.`,
    );
  }
  if (us === 0 && found.uid === 0) {
    throw new DataFolderRefused(cluster, 'belongs to root, as whom PostgreSQL does not run. Give it to another user.');
  }
  // Root runs it as its owner: who made it as an ordinary user can go on using it as one.
  const user = us === 0 ? { uid: found.uid, gid: found.gid } : undefined;
  if (!(await canEnter(user, join(cluster, 'data')))) {
    throw new DataFolderRefused(
      cluster,
      `cannot be reached by user ${found.uid}. Make the folders above it passable (chmod o+x).`,
    );
  }
  const version = (await readFile(join(cluster, 'data', 'PG_VERSION'), 'utf8')).trim();
  if (version !== MAJOR) throw ofOtherMajor(cluster, version);
  return { home, cluster, exists: true, user };
}

/** After an upgrade of the programs the data would seem to be gone, if a new cluster began beside the old one unasked. */
async function refuseOtherMajors(home: string): Promise<undefined> {
  const names = await readdir(home).catch(() => []);
  for (const name of names) {
    const major = /^pg(\d+)$/.exec(name)?.[1];
    if (major !== undefined) throw ofOtherMajor(join(home, name), major);
  }
}

function ofOtherMajor(cluster: string, version: string): DataFolderRefused {
  return new DataFolderRefused(
    cluster,
    `holds data of PostgreSQL ${version}, which version ${MAJOR} cannot read. Move it away to begin with an empty ` +
      `database, or dump it with PostgreSQL ${version} and load the dump here.`,
  );
}

async function usable(home: string, user: ServerUser | undefined, made: Promise<unknown>): Promise<boolean> {
  try {
    await made;
    await access(home, constants.W_OK);
    return await canPass(user, home);
  } catch (error) {
    if (isOfPlace(error)) return false;
    throw error;
  }
}

/** Where the cluster of `directory` may be instead of there. */
export function usualStateFolders(directory: string): string[] {
  const name = `${basename(directory)}-${createHash('sha256').update(directory).digest('hex').slice(0, 8)}`;
  const uid = process.getuid?.();
  const state = uid === 0 ? '/var/lib/lockstep' : join(homedir(), '.local', 'state', 'lockstep');
  return [join(state, name), join(tmpdir(), `lockstep-${uid}-${name}`)];
}
