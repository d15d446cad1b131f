import { createHash } from 'node:crypto';
import { basename, relative } from 'node:path';

/** A test, as Mocha knows it. */
export type NamedTest = { readonly title: string; readonly file?: string | undefined };

/** One of the many runs that a test consists of, such as an order or a fault, and how the environment asks for it. */
export type ReplayKind = {
  /** Of the environment: `<id of the test>.<token>`. */
  readonly variable: string;
  /** Such as `an order`. */
  readonly what: string;
  /** Of a token, such as `4b9c`. */
  readonly example: string;
};

/** The short name of a test, the same wherever the repository lies. */
export function testId({ title, file = '' }: NamedTest): string {
  return createHash('sha256')
    .update(`${basename(file)} ${title}`)
    .digest('hex')
    .slice(0, 8);
}

/**
 * The token that the environment asks this test for; undefined where it asks for nothing. Throws where it asks for one of
 * another test: a run that looks like a replay and is none would be believed.
 */
export function tokenAskedOf(test: NamedTest, kind: ReplayKind, environment: NodeJS.ProcessEnv): string | undefined {
  const { variable, what, example } = kind;
  const given = environment[variable] ?? '';
  if (given === '') return undefined;
  const id = testId(test);
  const [, wanted, token] = /^([0-9a-f]{8})\.(.+)$/.exec(given) ?? [];
  if (token === undefined) {
    throw new Error(
      `${variable} is ${JSON.stringify(given)}, which is not ${what}: one looks like ${id}.${example}, and is printed where it fails.`,
    );
  }
  if (wanted === id) return token;
  throw new Error(
    `${variable} is ${JSON.stringify(given)}, ${what} of another test than this one, whose begin with ${id}. Run that test alone, or take the variable away.`,
  );
}

/** What to type so that the test runs nothing but what the token tells. */
export function replayLine(test: NamedTest, { variable }: ReplayKind, token: string): string {
  const spec = test.file === undefined ? '' : ` ${relative('', test.file)}`;
  return `${variable}=${testId(test)}.${token} npx mocha${spec} -g ${only(test)}`;
}

/** For `mocha -g`: this test and no other, for a shell that would take quotation marks and dollars for its own. */
export function only({ title }: NamedTest): string {
  const pattern = `^${title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
  return `'${pattern.replaceAll("'", `'\\''`)}'`;
}
