import { readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

type Rename = { readonly from: string; readonly to: string; readonly before: Buffer | null };

/**
 * What of a file system has not been made to last yet: bytes without a sync, names without a sync of their folder. `lose` takes
 * all of it away, as a loss of power may: files end in the middle, new names are gone, replaced ones are back.
 */
export class VolatileState {
  /** Files whose bytes may be lost. */
  readonly #bytes = new Set<string>();
  /** Those whose bytes no sync can save any more. */
  readonly #forgotten = new Set<string>();
  readonly #created = new Set<string>();
  readonly #renames: Rename[] = [];

  created(path: string): void {
    this.#created.add(path);
  }

  wrote(path: string): void {
    this.#bytes.add(path);
  }

  synced(path: string): void {
    if (!this.#forgotten.has(path)) this.#bytes.delete(path);
  }

  forgetBytes(path: string): void {
    this.#forgotten.add(path);
  }

  renamed(rename: Rename): void {
    this.#renames.push(rename);
    for (const files of [this.#bytes, this.#forgotten]) if (files.delete(rename.from)) files.add(rename.to);
    this.#created.delete(rename.from);
  }

  removed(path: string): void {
    for (const files of [this.#bytes, this.#forgotten, this.#created]) files.delete(path);
  }

  syncedFolder(folder: string): void {
    for (const path of this.#created) if (dirname(path) === folder) this.#created.delete(path);
    const kept = this.#renames.filter(({ to }) => dirname(to) !== folder);
    this.#renames.splice(0, this.#renames.length, ...kept);
  }

  lose(): void {
    for (const path of this.#bytes) tear(path);
    for (const { from, to, before } of this.#renames.toReversed()) {
      if (before === null) renameSync(to, from);
      else {
        writeFileSync(from, readFileSync(to));
        writeFileSync(to, before);
      }
    }
    for (const path of this.#created) rmSync(path, { force: true });
  }
}

function tear(path: string): void {
  try {
    truncateSync(path, Math.floor(statSync(path).size / 2));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
