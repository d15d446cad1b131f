import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** The user PostgreSQL runs as, where that is not the user of this process. */
export type ServerUser = { readonly uid: number; readonly gid: number };

const run = promisify(execFile);

/**
 * PostgreSQL refuses to run as root. Root lends it an account that is there anyway, because initdb wants one with a
 * name and nothing is to be created on the host.
 */
export function userForServer(passwd = '/etc/passwd', uid = process.getuid?.()): ServerUser | undefined {
  if (uid !== 0) return undefined;
  const accounts = readFileSync(passwd, 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name);
    // Some systems write nobody's id as -2.
    if (account) return { uid: Number(account[2]) >>> 0, gid: Number(account[3]) >>> 0 };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it.');
}

/** Tries a command as that user: permissions, mounts and missing libraries are the system's to judge, not ours to compute. */
export async function succeeds(user: ServerUser | undefined, command: string, ...args: string[]): Promise<boolean> {
  try {
    await run(command, args, { ...user, cwd: '/', timeout: 10_000, env: {} });
    return true;
  } catch {
    return false;
  }
}

/** Whether that user can work in a folder. */
export function canEnter(user: ServerUser | undefined, folder: string): Promise<boolean> {
  return succeeds(user, '/bin/sh', '-c', 'cd "$1" && test -r . -a -w .', 'sh', folder);
}

/** Whether that user can get to what is inside a folder. */
export function canPass(user: ServerUser | undefined, folder: string): Promise<boolean> {
  return succeeds(user, '/bin/sh', '-c', 'cd "$1"', 'sh', folder);
}
