import type { Readable } from 'node:stream';
import { Clock, type Result } from '#kernel';
import type { Config } from '#platform/config';
import type { Problem } from '#platform/http';
import type { ExitCode } from '../commands/outcome.ts';
import type { Terminal } from '../terminal/progress.ts';
import { openService, type Service } from './open-service.ts';
import { printable } from './printable.ts';

/** What a command has of the outside world. `interrupted` aborts at ctrl-C. */
export type Surroundings = {
  readonly config: () => Promise<Config>;
  readonly env: NodeJS.ProcessEnv;
  readonly in: Readable & { readonly isTTY?: boolean };
  readonly out: Terminal;
  readonly err: Terminal;
  readonly interrupted: AbortSignal;
};

export type Work = (desk: Desk) => Promise<ExitCode | void>;

type Token<T> = abstract new (...args: never[]) => T;

/** A refusal on its way to whoever called; its message says what to do. */
class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Where a command does its work: the use cases, what to show, and to whom. The service is opened when it is first needed. */
export class Desk implements AsyncDisposable {
  readonly surroundings: Surroundings;
  readonly json: boolean;
  #service: Promise<Service> | undefined;

  constructor(surroundings: Surroundings, { json = false }: { readonly json?: boolean }) {
    this.surroundings = surroundings;
    this.json = json;
  }

  /** Aborts at ctrl-C. */
  get signal(): AbortSignal {
    return this.surroundings.interrupted;
  }

  /** Where people look: with `--json`, standard output belongs to the result. */
  get people(): Terminal {
    return this.json ? this.surroundings.err : this.surroundings.out;
  }

  async get<T>(token: Token<T>): Promise<T> {
    this.#service ??= this.surroundings.config().then((config) => openService(config, this.signal));
    return (await this.#service).container.getAsync(token as abstract new (...args: unknown[]) => T) as Promise<T>;
  }

  clock(): Promise<Clock> {
    return this.get(Clock);
  }

  /** The one result of a command: the document with `--json`, the text for people otherwise. */
  show(document: unknown, text: () => string): void {
    const { out } = this.surroundings;
    out.write(`${this.json ? JSON.stringify(document) : shownOn(out, text())}\n`);
  }

  note(line: string): void {
    const { err } = this.surroundings;
    err.write(`${shownOn(err, line)}\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#service?.catch(() => undefined))?.[Symbol.asyncDispose]();
  }
}

/** The value of a result; a refusal ends the command as the API would tell it. */
export function orRefused<T, E>(result: Result<T, E>, problemOf: (refusal: E) => Problem): T {
  if (result.ok) return result.value;
  throw new Refused(problemOf(result.error));
}

/** Does the work and tells how it ended. A refusal is a sentence for people, and with `json` also the problem on its own. */
export async function atDesk(
  surroundings: Surroundings,
  options: { readonly json?: boolean },
  work: Work,
): Promise<ExitCode> {
  await using desk = new Desk(surroundings, options);
  try {
    return (await work(desk)) ?? 0;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { facts, ...problem } = error.problem;
    if (desk.json) surroundings.out.write(`${JSON.stringify({ ...facts, ...problem })}\n`);
    desk.note(error.message);
    return 1;
  }
}

/** What devices say must not work a terminal. */
function shownOn(terminal: Terminal, text: string): string {
  return terminal.isTTY === true ? printable(text) : text;
}
