import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '#tools/command';
import { Program, TELLS_COSTS } from './program.ts';

export const MASTER_KEY = Buffer.alloc(32, 5).toString('base64');
export const TOKEN = 'for-benchmarks-only-for-benchmarks-only';

/** A data folder that is removed at the end. */
export class DataFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<DataFolder> {
    return new DataFolder(await mkdtemp(join(tmpdir(), 'lockstep-bench-data-')));
  }

  get store(): string {
    return join(this.path, 'store');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** An app as production runs it, over a database and a data folder of the benchmark. */
export function appProgram(
  app: 'api' | 'worker',
  { url, folder, env = {} }: { readonly url: string; readonly folder: DataFolder; readonly env?: NodeJS.ProcessEnv },
  signal: AbortSignal,
): Program {
  return new Program(join(workspaceRoot, `apps/${app}/src/main.ts`), {
    env: {
      LOCKSTEP_ENV_FILE: devNull,
      LOCKSTEP_LOG_LEVEL: 'error',
      LOCKSTEP_DATA_DIR: folder.path,
      LOCKSTEP_MASTER_KEY: MASTER_KEY,
      LOCKSTEP_TOKEN: TOKEN,
      LOCKSTEP_HTTP_PORT: '0',
      DATABASE_URL: url,
      ...env,
    },
    before: [TELLS_COSTS],
    signal,
  });
}
