import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { commandEnv } from '#tools/command';
import type { Costs } from './costs.ts';

/** Loaded before a program it answers what it has cost. */
export const TELLS_COSTS = join(import.meta.dirname, 'tell-costs.ts');

const LAST_WORDS = 4_000;

export type Told = { readonly kind: string };

export type ProgramOptions = {
  readonly env: NodeJS.ProcessEnv;
  /** Modules to load before it. */
  readonly before?: readonly string[];
  readonly signal: AbortSignal;
};

/** A program of the benchmark in a process of its own, so that what it costs is not taken for anybody else's. */
export class Program implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #listeners = new Set<(told: Told) => void>();
  readonly #signal: AbortSignal;
  #lastWords = '';

  constructor(file: string, { env, before = [], signal }: ProgramOptions) {
    this.#signal = signal;
    const flags = before.flatMap((module) => ['--import', module]);
    this.#child = spawn(process.execPath, [...flags, file], {
      env: { ...commandEnv(), ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-LAST_WORDS);
    });
    this.#child.on('message', (told) => {
      for (const listener of this.#listeners) listener(told as Told);
    });
    this.#ended = once(this.#child, 'close');
    this.#ended.catch(() => {});
  }

  /** Told of everything that the program tells. */
  listen(listener: (told: Told) => void): void {
    this.#listeners.add(listener);
  }

  say(message: string | object): void {
    this.#child.send(message);
  }

  throwIfEnded(): void {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw this.#endedTooEarly();
  }

  /** The next thing of this kind that it tells. Rejects when it ends before, or on abort. */
  async next<T extends Told>(isWanted: (told: Told) => told is T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const listener = (told: Told): void => {
      if (isWanted(told)) resolve(told);
    };
    const abort = (): void => reject(this.#signal.reason as Error);
    this.#signal.throwIfAborted();
    this.#signal.addEventListener('abort', abort);
    this.#listeners.add(listener);
    this.#ended.then(() => reject(this.#endedTooEarly()), reject);
    try {
      return await promise;
    } finally {
      this.#listeners.delete(listener);
      this.#signal.removeEventListener('abort', abort);
    }
  }

  /** What it has used so far; it has to have loaded what tells that. */
  costs(): Promise<Costs> {
    return this.ask('costs', isOf<Costs>('costs'));
  }

  async ask<T extends Told>(message: string | object, isAnswer: (told: Told) => told is T): Promise<T> {
    const answer = this.next(isAnswer);
    this.say(message);
    return await answer;
  }

  #endedTooEarly(): Error {
    return new Error(`A program of the benchmark has ended too early.\n${this.#lastWords}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended.catch(() => {});
  }
}

/** Whether what was told is of this kind. */
export function isOf<T extends Told>(kind: T['kind']): (told: Told) => told is T {
  return (told): told is T => told.kind === kind;
}
