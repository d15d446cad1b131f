import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testSettings } from './test-settings.ts';

const MAIN = join(import.meta.dirname, '../main.ts');

export type ApiProcessOptions = { readonly env: NodeJS.ProcessEnv; readonly channel?: boolean };

/** The API as a process of its own, with a data folder of its own. Disposing it kills what is left of it. */
export class ApiProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly written = { stdout: '', stderr: '' };
  /** The exit code, or the signal that ended it; all that was written has arrived by then. */
  readonly ended: Promise<number | string>;
  readonly #message: Promise<unknown>;
  readonly #dataDirectory = mkdtempSync(join(tmpdir(), 'lockstep-api-'));

  constructor({ env, channel = false }: ApiProcessOptions) {
    const settings = {
      LOCKSTEP_HTTP_PORT: '0',
      LOCKSTEP_DATA_DIR: this.#dataDirectory,
      LOCKSTEP_TOKEN: testSettings.token.reveal(),
    };
    this.child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], ...settings, ...env },
      stdio: ['ignore', 'pipe', 'pipe', channel ? 'ipc' : 'ignore'],
    });
    for (const name of ['stdout', 'stderr'] as const)
      this.child[name]?.setEncoding('utf8').on('data', (text: string) => (this.written[name] += text));
    // Not `close`, which never comes after this side has disconnected.
    const written = Promise.all([once(this.child.stdout!, 'close'), once(this.child.stderr!, 'close')]);
    this.ended = once(this.child, 'exit').then(async ([code, signal]) => {
      await written;
      return (code ?? signal) as number | string;
    });
    this.#message = new Promise((resolve) => this.child.once('message', resolve));
  }

  /** Resolves with what the process says over its channel, or without one with the first line on stdout. */
  async ready(): Promise<unknown> {
    const line = (): Promise<unknown> =>
      once(this.child.stdout!, 'data').then(() => this.written.stdout.split('\n')[0]);
    const failed = this.ended.then((how) => Promise.reject(new Error(`It ended with ${how}: ${this.written.stderr}`)));
    return Promise.race([this.child.channel ? this.#message : line(), failed]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
    rmSync(this.#dataDirectory, { recursive: true });
  }
}
