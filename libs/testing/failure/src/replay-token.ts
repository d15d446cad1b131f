import { testId, tokenAskedOf, type NamedTest, type ReplayKind } from '#testing/report';
import { faults, type Fault } from './faults.ts';

export const CELL: ReplayKind = { variable: 'LOCKSTEP_TEST_FAULT', what: 'a cell', example: '1.twice' };

/** One cell of one test's matrix. */
export type Replay = { readonly token: string; readonly number: number; readonly fault: Fault };

/** Such as `3fa94c01.7.crashes-after`: the test, the number of the call, and the fault. */
export function tokenOf(
  test: NamedTest,
  { number, fault }: { readonly number: number; readonly fault: Fault },
): string {
  return `${testId(test)}.${number}.${fault}`;
}

/** The cell that the environment asks for; throws where it asks for one of another test, or for nothing that there is. */
export function replayOf(test: NamedTest, environment: NodeJS.ProcessEnv): Replay | undefined {
  const asked = tokenAskedOf(test, CELL, environment);
  if (asked === undefined) return undefined;
  const token = `${testId(test)}.${asked}`;
  const [, number, name] = /^([1-9]\d*)\.([a-z-]+)$/.exec(asked) ?? [];
  const fault = faults.find((one) => one === name);
  if (fault !== undefined) return { token, number: Number(number), fault };
  throw new Error(
    `${CELL.variable} is ${JSON.stringify(token)}, which is not a cell: one looks like ${testId(test)}.1.twice, and is printed where it fails.`,
  );
}
