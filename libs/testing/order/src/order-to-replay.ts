import { createHash } from 'node:crypto';
import { basename, relative } from 'node:path';

const VARIABLE = 'LOCKSTEP_TEST_ORDER';

export type About = { readonly id: string; readonly title: string; readonly file: string | undefined };

/** By name, so that it is the same wherever the repository lies. */
export function idOf({ title, file = '' }: { readonly title: string; readonly file: string | undefined }): string {
  return createHash('sha256')
    .update(`${basename(file)} ${title}`)
    .digest('hex')
    .slice(0, 8);
}

/** The order that the environment asks for; throws where it asks for one of another test, or for none. */
export function tokenFor(id: string, environment: NodeJS.ProcessEnv): string | undefined {
  const given = environment[VARIABLE] ?? '';
  if (given === '') return undefined;
  const [wanted, token, ...more] = given.split('.');
  if (token === undefined || more.length > 0) {
    throw new Error(
      `${VARIABLE} is ${JSON.stringify(given)}, which is no order: one looks like ${id}.4b9c, and is printed where an order fails.`,
    );
  }
  if (wanted !== id) {
    throw new Error(
      `${VARIABLE} is ${JSON.stringify(given)}, an order of another test than this one, whose orders begin with ${id}. Run that test alone, or take the variable away.`,
    );
  }
  return token;
}

/** What to type so that the test runs one order alone. */
export function replayLine({ id, title, file }: About, token: string): string {
  const spec = file === undefined ? '' : ` ${relative('', file)}`;
  return `${VARIABLE}=${id}.${token} npx mocha${spec} -f ${JSON.stringify(title)}`;
}
