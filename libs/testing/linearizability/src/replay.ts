import { createHash } from 'node:crypto';
import { relative } from 'node:path';

const VARIABLE = 'LOCKSTEP_TEST_HISTORY';

/** A program among those that are generated, and the order in which it failed. */
export type Replay = {
  readonly seed: number;
  /** Where fast-check has it. */
  readonly path: string;
  /** Empty where nobody has chosen the order. */
  readonly order: string;
};

type Test = { readonly title: string; readonly file?: string | undefined };

/** What is asked of this test; undefined where it is another one's. */
export function replayIn(environment: NodeJS.ProcessEnv, { title }: Test): Replay | undefined {
  const given = environment[VARIABLE] ?? '';
  const [id, seed = '', path = '', order = ''] = given.split('.');
  if (id !== idOf(title)) return undefined;
  if (!/^-?\d+$/.test(seed) || !/^\d+(:\d+)*$/.test(path)) {
    throw new Error(`${VARIABLE}=${given} is no history: copy the whole line that is printed where one fails.`);
  }
  return { seed: Number(seed), path, order };
}

/** What to type to see it again. */
export function replayLine({ title, file }: Test, { seed, path, order }: Replay): string {
  const spec = file === undefined ? '' : ` ${relative('', file)}`;
  return `${VARIABLE}=${idOf(title)}.${seed}.${path}.${order} npx mocha${spec} -f ${JSON.stringify(title)}`;
}

function idOf(title: string): string {
  return createHash('sha256').update(title).digest('hex').slice(0, 4);
}
