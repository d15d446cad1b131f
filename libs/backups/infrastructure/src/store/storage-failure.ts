import type { StorageFailure } from '#backups/domain';

const NO_SPACE: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** What a failed file operation means to a backup; anything else, an abort or a defect, is thrown on. */
export function storageFailure(error: unknown): StorageFailure {
  const code = systemCode(error);
  if (code === null) throw error;
  return NO_SPACE.includes(code) ? { kind: 'StorageFull' } : { kind: 'StorageFailed', reason: code };
}

/** The code of an error that the operating system has given, such as `ENOENT`. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error)) return null;
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
