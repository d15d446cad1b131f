import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `mkdtemp` gives. */
const OWNER_ONLY = 0o700;

/** A folder of one test's own, in the system's temporary folder; it goes, with all that is in it, when it is disposed. */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** `mode` lets other users in, as programs need that run as one of them; the folder is its owner's alone without it. */
  static async make({ mode = OWNER_ONLY }: { readonly mode?: number } = {}): Promise<TemporaryFolder> {
    const path = await mkdtemp(join(tmpdir(), 'lockstep-test-'));
    if (mode !== OWNER_ONLY) await chmod(path, mode);
    return new TemporaryFolder(path);
  }

  /** The path of something in the folder, which may not be there yet. */
  at(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // A process that is ending may still be writing into it.
    await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
  }
}
