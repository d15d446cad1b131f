/** What a process of the disk campaigns is told: what to store where, and what happens to its file system meanwhile. */
export type DiskAssignment = {
  readonly store: string;
  readonly masterKey: string;
  readonly text: string;
  readonly fault: DiskFault;
};

/**
 * At the file operation `at`, counted from 1: `kill` ends the process before or after it; `power` as well, and takes from the disk
 * what was not yet made to last; an error is answered instead of it. `none` counts only.
 *
 * `forgets` are syncs that the program is made to leave out: the faults that the campaign has to find.
 */
export type DiskFault = {
  readonly kind: 'none' | 'kill' | 'power' | 'EIO' | 'ENOSPC' | 'EDQUOT';
  readonly at: number;
  readonly when: 'before' | 'after';
  readonly forgets?: 'sync of files' | 'sync of folders';
  /** Whether the program is made to try a sync again that has failed. */
  readonly syncsAgain?: boolean;
  /** After the work is over the power fails as well: what was acknowledged has to survive that. */
  readonly thenPower?: boolean;
};

export const DISK_ASSIGNMENT = 'LOCKSTEP_TORTURE_DISK';

export type DiskReport =
  | { readonly kind: 'operations'; readonly names: readonly string[] }
  | { readonly kind: 'stored'; readonly hash: string }
  | { readonly kind: 'refused'; readonly reason: string };
