import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

export type TestProcessOptions = Pick<SpawnOptions, 'cwd' | 'detached' | 'uid' | 'gid'> & {
  /** Its environment, to which only PATH is added: what the developer's shell says is no part of a test. */
  readonly env: NodeJS.ProcessEnv;
  /** Whether it gets a channel for messages. */
  readonly channel?: boolean;
};

/** The exit code, or the name of the signal that ended the process. */
export type Ending = number | NodeJS.Signals;

type Waiting = { readonly found: () => unknown; readonly resolve: (value: never) => void };

/** Less than the kit gives a clean-up. */
const ENDING_MS = 3_000;

/**
 * A process that a test starts, listens to and ends. Disposing kills what is left of it, with all of its group where it was
 * started `detached`, and resolves when it is gone.
 *
 * `says` and `message` reject when the process ends without having said it, with all it wrote to standard error, and with
 * the reason of `signal` when that aborts.
 */
export class TestProcess implements AsyncDisposable {
  /** What it has written so far. */
  readonly written = { stdout: '', stderr: '' };
  readonly messages: unknown[] = [];
  /** Settles when the process has exited; processes that it has started may still hold its streams. */
  readonly exited: Promise<Ending>;
  /** Settles when the process has exited and all that it wrote has arrived. */
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;
  readonly #leadsGroup: boolean;
  readonly #waiting = new Set<Waiting>();

  constructor(command: readonly [string, ...string[]], { env, channel = false, ...options }: TestProcessOptions) {
    const [program, ...args] = command;
    this.#leadsGroup = options.detached === true;
    this.#child = spawn(program, args, {
      ...options,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['pipe', 'pipe', 'pipe', channel ? 'ipc' : 'ignore'],
    });
    const { stdout, stderr } = this.#child;
    if (!stdout || !stderr) throw new Error(`${program} was started without pipes.`);
    for (const [name, stream] of [['stdout', stdout] as const, ['stderr', stderr] as const]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.written[name] += text;
        this.#look();
      });
    }
    this.#child.on('message', (message) => {
      this.messages.push(message);
      this.#look();
    });
    // Not `close`, which does not come once the channel was closed from here.
    this.exited = once(this.#child, 'exit').then(([code, signal]) => (code ?? signal) as Ending);
    this.ended = Promise.all([this.exited, once(stdout, 'close'), once(stderr, 'close')]).then(([how]) => how);
    this.ended.catch(() => {});
  }

  /** Runs a program of ours with this Node. */
  static node(args: readonly string[], options: TestProcessOptions): TestProcess {
    return new TestProcess([process.execPath, ...args], options);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything it wrote to either stream, in lines. */
  get lines(): readonly string[] {
    return `${this.written.stdout}\n${this.written.stderr}`.split('\n').filter((line) => line !== '');
  }

  /** The first match in what it writes to standard output or standard error, which may have come already. */
  says(pattern: RegExp, signal: AbortSignal): Promise<RegExpExecArray> {
    const found = (): RegExpExecArray | null => pattern.exec(this.written.stdout) ?? pattern.exec(this.written.stderr);
    return this.#until(found, `to say ${pattern}`, signal);
  }

  /** The first message that `is` accepts, which may have come already. */
  message<M>(is: (message: unknown) => message is M, signal: AbortSignal): Promise<M> {
    return this.#until(() => this.messages.find(is), 'to send the message', signal);
  }

  send(message: object): void {
    this.#child.send(message);
  }

  disconnect(): void {
    this.#child.disconnect();
  }

  closeInput(): void {
    this.#child.stdin?.end();
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** As a terminal does it: to every process of the group, which takes `detached`. */
  signalGroup(name: NodeJS.Signals): void {
    process.kill(-this.pid, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#kill();
    const patience = AbortSignal.timeout(ENDING_MS);
    // A grandchild that holds a pipe would keep it open for good.
    patience.addEventListener('abort', () => {
      this.#child.stdout?.destroy();
      this.#child.stderr?.destroy();
    });
    await this.ended.catch(() => {}); // it was never started
  }

  #kill(): void {
    this.#child.kill('SIGKILL');
    if (!this.#leadsGroup || this.#child.pid === undefined) return;
    try {
      this.signalGroup('SIGKILL'); // there may be others when the first one has exited
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  #look(): void {
    for (const waiting of this.#waiting) {
      const value = waiting.found();
      if (value === null || value === undefined) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(value as never);
    }
  }

  async #until<T>(found: () => T | null | undefined, what: string, signal: AbortSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const waiting: Waiting = { found, resolve };
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#waiting.add(waiting);
    this.#look();
    const tooLate = (how: unknown): void =>
      reject(new Error(`The process was expected ${what}, but it ended (${String(how)}).\n${this.written.stderr}`));
    this.ended.then(tooLate, tooLate);
    if (signal.aborted) onAbort();
    return promise.finally(() => {
      this.#waiting.delete(waiting);
      signal.removeEventListener('abort', onAbort);
    });
  }
}
