import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const OTHERS_MAY_ENTER = 0o001;

/** Where the data goes when nobody says where: the first of these folders that can be used. */
export function defaultDataDirectories(repository: string): readonly string[] {
  // Named after the clone, because two clones must not share one database.
  const clone = `${basename(repository)}-${createHash('sha256').update(repository).digest('hex').slice(0, 8)}`;
  return [join(repository, '.lockstep'), join(stateFolder(), 'lockstep', clone)];
}

/** Creates the folder if it is not there; others may enter it, which {@link reachableByAll} needs, but not list it. */
export function canUse(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o711 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root: under root its own user has to get at the folder too. */
export function reachableByAll(directory: string): boolean {
  return !isRoot() || withParents(directory).every((folder) => (statSync(folder).mode & OTHERS_MAY_ENTER) !== 0);
}

function stateFolder(): string {
  if (isRoot()) return '/var/lib';
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.local', 'state');
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function withParents(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...withParents(parent)];
}
