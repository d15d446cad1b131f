import { replayLine as lineOf, testId, tokenAskedOf, type NamedTest, type ReplayKind } from '#testing/report';

const HISTORY: ReplayKind = { variable: 'LOCKSTEP_TEST_HISTORY', what: 'a history', example: '42.7:0.2b' };

/** A program among those that are generated, and the order in which it failed. */
export type Replay = {
  readonly seed: number;
  /** Where fast-check has it. */
  readonly path: string;
  /** Empty where nobody has chosen the order. */
  readonly order: string;
};

/** What is asked of this test; throws where it is another one's, or none. */
export function replayIn(environment: NodeJS.ProcessEnv, test: NamedTest): Replay | undefined {
  const asked = tokenAskedOf(test, HISTORY, environment);
  if (asked === undefined) return undefined;
  const [, seed, path, order] = /^(-?\d+)\.(\d+(?::\d+)*)\.(\w*)$/.exec(asked) ?? [];
  if (seed === undefined || path === undefined || order === undefined) {
    throw new Error(
      `${HISTORY.variable} ends in ${asked}, which is no history: copy the whole line that is printed where one fails.`,
    );
  }
  return { seed: Number(seed), path, order };
}

/** What to type to see it again. */
export function replayLine(test: NamedTest, replay: Replay): string {
  return lineOf(test, HISTORY, tokenOf(replay));
}

/** What the environment is given to see it again. */
export function replayToken(test: NamedTest, replay: Replay): string {
  return `${testId(test)}.${tokenOf(replay)}`;
}

function tokenOf({ seed, path, order }: Replay): string {
  return `${seed}.${path}.${order}`;
}
