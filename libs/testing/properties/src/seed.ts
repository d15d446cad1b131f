import { randomInt } from 'node:crypto';

const VARIABLES = ['LOCKSTEP_TEST_DATA_SEED', 'LOCKSTEP_TEST_SEED'] as const;
const LARGEST = 2 ** 31;

/**
 * The seed of all that is generated in this process: that of `LOCKSTEP_TEST_DATA_SEED`, that of a shuffled run, or one that is
 * drawn.
 */
export function seedOfData(environment: NodeJS.ProcessEnv): number {
  const wanted = VARIABLES.map((name) => environment[name]).find((value) => value !== undefined && value !== '');
  const seed = wanted === undefined || wanted === 'random' ? randomInt(LARGEST) : Number(wanted);
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new Error(`${VARIABLES[0]} is ${JSON.stringify(wanted)}: write a whole number.`);
  }
  return seed;
}
