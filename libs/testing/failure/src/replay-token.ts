import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { faults, type Fault } from './faults.ts';

const VARIABLE = 'LOCKSTEP_TEST_FAULT';

/** One cell of one test's matrix. */
export type Replay = { readonly token: string; readonly number: number; readonly fault: Fault };

type AboutTest = { readonly title: string; readonly file: string | undefined };

/** Such as `3fa94c01.7.crashes-after`: the test, the number of the call, and the fault. */
export function tokenOf(
  test: AboutTest,
  { number, fault }: { readonly number: number; readonly fault: Fault },
): string {
  return `${hashOf(test)}.${number}.${fault}`;
}

/** The line that has one cell run alone. */
export function replayLine(token: string): string {
  return `${VARIABLE}=${token}`;
}

/** The cell that the environment asks for; throws where it asks for one of another test, or for nothing that there is. */
export function replayOf(test: AboutTest, environment: NodeJS.ProcessEnv): Replay | undefined {
  const token = environment[VARIABLE] ?? '';
  if (token === '') return undefined;
  const [, hash, number, name] = /^([0-9a-f]{8})\.([1-9]\d*)\.([a-z-]+)$/.exec(token) ?? [];
  const fault = faults.find((one) => one === name);
  if (hash === undefined || fault === undefined) {
    throw new Error(
      `${VARIABLE} is ${JSON.stringify(token)}, which is no cell: one looks like ${hashOf(test)}.1.twice, and is printed where it fails.`,
    );
  }
  if (hash !== hashOf(test)) {
    throw new Error(
      `${VARIABLE} is ${JSON.stringify(token)}, a cell of another test than this one, whose cells begin with ${hashOf(test)}. Run that test alone, or take the variable away.`,
    );
  }
  return { token, number: Number(number), fault };
}

/** By name, so that it is the same wherever the repository lies. */
export function hashOf({ title, file = '' }: AboutTest): string {
  return createHash('sha256')
    .update(`${basename(file)} ${title}`)
    .digest('hex')
    .slice(0, 8);
}
