import { EmbeddedPostgresFailed } from './errors.ts';
import { LastWords } from './last-words.ts';
import { spawnTied, type TiedOptions, type TiedProcess } from './tied-process.ts';
import { onAbort } from '../on-abort.ts';

const READY = 'database system is ready to accept connections';
const STOP_WITHIN_MS = 20_000;

/** One run of the server. */
export class Postmaster {
  readonly #run: TiedProcess;
  readonly #lastWords: LastWords;

  private constructor(run: TiedProcess) {
    this.#run = run;
    this.#lastWords = new LastWords(run.stderr);
  }

  /** Settles when the server is gone, for whatever reason, with what it wrote last. */
  get ended(): Promise<string> {
    return this.#run.ended.then((result) => `PostgreSQL ended with ${result}. ${this.#lastWords}`.trim());
  }

  /** Resolves once the server takes connections. After an abort nothing of it is left. */
  static async start(
    program: string,
    args: readonly string[],
    options: TiedOptions,
    signal: AbortSignal,
  ): Promise<Postmaster> {
    signal.throwIfAborted();
    const postmaster = new Postmaster(spawnTied(program, args, options));
    using _ = onAbort(signal, () => postmaster.#run.release());
    const outcome = await Promise.race([postmaster.#ready(), postmaster.ended]);
    if (outcome !== READY || signal.aborted) {
      await postmaster.stop();
      signal.throwIfAborted();
      throw new EmbeddedPostgresFailed('PostgreSQL did not start.', String(postmaster.#lastWords));
    }
    postmaster.#run.keepsProcess(false);
    return postmaster;
  }

  /** Ends the server: sessions are cut off, what was committed stays. One that does not end in time is killed; it recovers. */
  async stop(withinMs = STOP_WITHIN_MS): Promise<void> {
    this.#run.keepsProcess(true);
    this.#run.release();
    const late = AbortSignal.timeout(withinMs);
    using _ = onAbort(late, () => this.#kill());
    await this.#run.ended;
  }

  #kill(): void {
    const group = this.#run.pid;
    if (group !== undefined) process.kill(process.platform === 'win32' ? group : -group, 'SIGKILL');
  }

  #ready(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    let text = '';
    const listen = (chunk: string): void => {
      text += chunk;
      if (!text.includes(READY)) return;
      this.#run.stderr.off('data', listen);
      resolve(READY);
    };
    this.#run.stderr.on('data', listen);
    return promise;
  }
}
