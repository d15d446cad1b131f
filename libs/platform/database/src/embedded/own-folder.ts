import { lstat, mkdir } from 'node:fs/promises';

/**
 * Makes a folder, or takes the one that is there, if it is this user's alone to write.
 *
 * In a folder that all may write to, such as /tmp, somebody else may have put one of the same name.
 */
export async function ownFolder(path: string, mode: number): Promise<void> {
  await mkdir(path, { recursive: true, mode });
  const { uid, mode: found } = await lstat(path);
  const ours = process.platform === 'win32' || (uid === process.getuid?.() && (found & 0o022) === 0);
  if (!ours) throw new NotOurs(path);
}

class NotOurs extends Error {
  readonly code = 'EACCES';

  constructor(path: string) {
    super(`${path} can be written by other users.`);
  }
}

/** Whether a file operation failed because of where it was tried, so that another place may do. */
export function isOfPlace(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'ENOTSUP', 'ENOENT'].includes(
    (error as NodeJS.ErrnoException).code ?? '',
  );
}
