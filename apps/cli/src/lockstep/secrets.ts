import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CannotRun } from '../commands/outcome.ts';
import type { Surroundings } from './desk.ts';

export type SecretSource = {
  /** What it is, for the question. */
  readonly what: string;
  /** The option that names a file, and what it says; `-` is standard input. */
  readonly option: string;
  readonly file: string | undefined;
  readonly variable: string;
};

/**
 * A secret from the file that was named, else from the environment, else from whoever sits at the terminal, who does not see
 * what is typed. Never from the arguments: those are shown to every user of the machine.
 */
export async function secretFrom(
  { what, option, file, variable }: SecretSource,
  surroundings: Surroundings,
): Promise<string> {
  if (file !== undefined) return withoutLineEnd(await textOf(file, surroundings));
  const given = surroundings.env[variable] ?? '';
  if (given !== '') return given;
  if (surroundings.in.isTTY === true) return ask(`${what}: `, surroundings);
  throw new CannotRun(`The ${what.toLowerCase()} is missing: name a file by --${option}, or set ${variable}.`);
}

/** The text of a file, or of standard input for `-`. */
export async function textOf(file: string, surroundings: Pick<Surroundings, 'in' | 'interrupted'>): Promise<string> {
  if (file === '-') return text(surroundings.in);
  return readFile(file, { encoding: 'utf8', signal: surroundings.interrupted }).catch((error: Error) => {
    throw new CannotRun(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? error.message}).`);
  });
}

async function ask(question: string, { in: input, err, interrupted }: Surroundings): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: silent, terminal: true });
  // In raw mode ctrl-C is a key like any other.
  const given = new AbortController();
  lines.once('SIGINT', () => given.abort(new Error('Interrupted.')));
  lines.once('close', () => given.abort(new CannotRun('Nothing was typed.')));
  err.write(question);
  try {
    const [line] = (await once(lines, 'line', { signal: AbortSignal.any([given.signal, interrupted]) })) as [string];
    return line;
  } catch (error) {
    throw given.signal.aborted ? given.signal.reason : error;
  } finally {
    err.write('\n');
    lines.close();
  }
}

/** An editor ends a file with a line end; a secret has none. */
function withoutLineEnd(secret: string): string {
  return secret.replace(/\r?\n$/, '');
}
