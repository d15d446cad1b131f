import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { eventually } from '#testing/lifecycle';

type Message = Readonly<Record<string, unknown>>;

/** A worker as a process of its own, for tests that kill and stop it. It is killed when it is disposed. */
export class WorkerProcess implements AsyncDisposable {
  /** What it wrote to standard error, line by line. */
  readonly lines: string[] = [];
  readonly messages: Message[] = [];
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
  readonly #child: ChildProcess;

  /** `main` is a path beside this file's folder; only what `env` says is in the environment. */
  constructor(main: string, env: Readonly<Record<string, string>>) {
    this.#child = fork(new URL(`../${main}`, import.meta.url), {
      env: { ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.on('message', (message) => this.messages.push(message as Message));
    const output = createInterface(this.#child.stderr ?? Readable.from([])).on('line', (line) => this.lines.push(line));
    // Not `close`, which does not come once the channel was closed from here.
    const ends = [once(this.#child, 'exit'), once(output, 'close')] as const;
    this.ended = Promise.all(ends).then(([[code, signal]]) => (code ?? signal) as number | string);
  }

  /** Starts one and waits until it works. */
  static async start(main: string, env: Readonly<Record<string, string>>, signal: AbortSignal): Promise<WorkerProcess> {
    const worker = new WorkerProcess(main, env);
    await worker.says('ready', signal);
    return worker;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  disconnect(): void {
    this.#child.disconnect();
  }

  send(message: Message): void {
    this.#child.send(message);
  }

  /** The first message of this type, which may have come already. */
  async says(type: string, signal: AbortSignal): Promise<Message> {
    const probe = (): Message | undefined => {
      const said = this.messages.find((message) => message['type'] === type);
      if (said === undefined && this.#child.exitCode !== null) throw new Error(this.lines.join('\n'));
      return said;
    };
    return eventually({ what: `the worker to say "${type}"`, probe, within: 15_000 }, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}
