import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { commandEnv } from '#tools/command';
import { ASSIGNMENT, type Assignment, type Report } from '../worker/assignment.ts';

const PROGRAM = join(import.meta.dirname, '../worker/main.ts');
const LAST_WORDS = 2_000;

export type Told = Report & { readonly at: number; readonly worker: string };

/** A worker of its own process, as the campaign sees it: what it tells, how it ended, and what can be done to it. */
export class WorkerProcess implements AsyncDisposable {
  readonly name: string;
  readonly ready: Promise<void>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  isOver = false;
  /** When the campaign killed it, told it to stop, or paused it. */
  struckAt: number | null = null;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<(told: Told) => void>();
  #lastWords = '';

  constructor(assignment: Assignment, listener: (told: Told) => void) {
    this.name = assignment.settings.name;
    this.#listeners.add(listener);
    this.#child = spawn(process.execPath, [PROGRAM], {
      env: { ...commandEnv(), [ASSIGNMENT]: JSON.stringify(assignment) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    });
    this.#child.on('message', (report) => this.#tell(report as Report));
    this.#child.on('error', () => {}); // a message to one that was just killed
    this.ended = once(this.#child, 'exit').then(([code, signal]) => {
      this.isOver = true;
      return (code ?? signal) as number | NodeJS.Signals;
    });
    this.ready = this.next(({ kind }) => kind === 'ready').then(() => {});
    this.ready.catch(() => {});
  }

  get lastWords(): string {
    return this.#lastWords;
  }

  /** The next thing it tells that is `wanted`. Rejects when it ends before that. */
  next(wanted: (told: Told) => boolean): Promise<Told> {
    const { promise, resolve, reject } = Promise.withResolvers<Told>();
    const listener = (told: Told): void => {
      if (wanted(told)) resolve(told);
    };
    this.#listeners.add(listener);
    this.ended.then((how) => reject(new Error(`${this.name} ended with ${how}. ${this.#lastWords}`)), reject);
    return promise.finally(() => this.#listeners.delete(listener));
  }

  /** Asks it for the state of its connections. */
  async pool(): Promise<Told & { readonly kind: 'pool' }> {
    const answer = this.next(({ kind }) => kind === 'pool');
    this.#child.send({});
    return (await answer) as Told & { kind: 'pool' };
  }

  signal(name: NodeJS.Signals): void {
    this.struckAt = Date.now();
    this.#child.kill(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isOver) return;
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #tell(report: Report): void {
    const told = { ...report, at: Date.now(), worker: this.name };
    for (const listener of this.#listeners) listener(told);
  }
}
