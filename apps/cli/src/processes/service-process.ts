import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DeadlineExceeded, type Clock } from '#kernel';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 30_000;

export type Service = 'api' | 'worker';
export type ServiceOptions = { readonly service: Service; readonly env: NodeJS.ProcessEnv; readonly clock: Clock };

/**
 * The API or the worker as a process of its own, just as production runs it.
 *
 * The process is out of reach of the terminal's ctrl-C; it ends, gracefully, when the channel to it closes: when
 * `stop` says so, or because this process is gone, however it went.
 */
export class ServiceProcess implements AsyncDisposable {
  readonly service: Service;
  /** What the process said when it was ready, such as the URL it listens at. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #clock: Clock;

  private constructor(
    options: ServiceOptions,
    child: ChildProcess,
    ended: Promise<string>,
    ready: Record<string, unknown>,
  ) {
    this.service = options.service;
    this.ready = ready;
    this.ended = ended;
    this.#child = child;
    this.#clock = options.clock;
  }

  /** Resolves when the process is ready. Rejects when it ends before, or takes longer than 30 s. */
  static async start(options: ServiceOptions): Promise<ServiceProcess> {
    const child = fork(mainOf(options.service), {
      env: options.env,
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code, signal]) => `${code ?? signal}`);
    using limit = options.clock.deadline(START_LIMIT_MS);
    try {
      const ready = await Promise.race([
        once(child, 'message', { signal: limit.signal }).then(([message]) => message as Record<string, unknown>),
        ended.then((how) => Promise.reject(new Error(`The ${options.service} ended (${how}) before it was ready.`))),
      ]);
      return new ServiceProcess(options, child, ended, ready);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  /** Lets the process finish what it does, for 30 s at most; then it is killed. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    using limit = this.#clock.deadline(STOP_LIMIT_MS);
    const tooLong = Promise.withResolvers<never>();
    limit.signal.addEventListener('abort', () => tooLong.reject(limit.signal.reason), { once: true });
    await Promise.race([this.ended, tooLong.promise]).catch((error: unknown) => {
      if (!(error instanceof DeadlineExceeded)) throw error;
      this.#child.kill('SIGKILL');
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

function mainOf(service: Service): string {
  return fileURLToPath(new URL(`../../../${service}/src/main.ts`, import.meta.url));
}
