/** A file being written. `sync` returns when its bytes have reached the disk. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export type FileFacts = { readonly name: string; readonly size: number; readonly modifiedAt: Date };

/**
 * What the store asks of a file system, step by step, so that a test can fail, or end the world, at each of them.
 *
 * A name that was created, renamed or removed is sure to survive a loss of power only after `syncFolder` of its folder.
 * Failures reject with Node's errors, which carry a `code` such as `ENOSPC`.
 */
export abstract class StoreFiles {
  /** Makes a folder that only its owner can enter. One that is there already is fine. */
  abstract makeFolder(path: string): Promise<void>;
  abstract syncFolder(path: string): Promise<void>;
  /** Makes a file that only its owner can read; rejects when the name is taken. */
  abstract create(path: string): Promise<NewFile>;
  /** Replaces `to` in one step. */
  abstract rename(from: string, to: string): Promise<void>;
  abstract read(path: string): Promise<Uint8Array>;
  abstract exists(path: string): Promise<boolean>;
  abstract list(path: string): Promise<readonly FileFacts[]>;
  /** Removes a file. One that is gone already is fine. */
  abstract remove(path: string): Promise<void>;
}
