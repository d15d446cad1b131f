import { fc } from '#testing/properties';
import { realTime } from '#testing/runtime';
import type { Program } from './program.ts';
import type { Replay } from './replay.ts';
import type { Failure } from './tries.ts';

/** What came of trying programs. */
export type Search<Op> = {
  /** Different ones that were run. */
  readonly tried: number;
  readonly isOver: boolean;
  readonly found: Found<Op> | undefined;
};

export type Found<Op> = { readonly program: Program<Op>; readonly failure: Failure; readonly replay: Replay };

type Bounds = {
  readonly programs: number;
  /** Moments of the real clock until which programs are tried, and a failing one is made smaller. */
  readonly findUntil: number;
  readonly shrinkUntil: number;
};

/**
 * Generates programs until one fails, and then smaller ones as long as they fail too. Rejects where a program cannot be tried, as
 * `tryAll` does; once one has failed, that ends the search for a smaller one.
 */
export async function smallestFailure<Op>(
  programs: fc.Arbitrary<Program<Op>>,
  tryAll: (program: Program<Op>, until: number) => Promise<Failure | undefined>,
  { programs: wanted, findUntil, shrinkUntil }: Bounds,
): Promise<Search<Op>> {
  let [tried, isOver] = [0, false];
  let found: { readonly program: Program<Op>; readonly failure: Failure } | undefined;
  const broken: unknown[] = [];
  const property = fc.asyncProperty(programs, async (program) => {
    const until = found === undefined ? findUntil : shrinkUntil;
    if (broken.length > 0) return;
    if (realTime.now() >= until) return void (isOver = true);
    tried += 1;
    const failure = await tryAll(program, until).catch((error: unknown) => void broken.push(error));
    if (failure === undefined) return;
    found = { program, failure };
    throw failure.error;
  });
  const { seed, counterexamplePath } = await fc.check(property, { numRuns: wanted, ignoreEqualValues: true });
  if (broken.length > 0 && found === undefined) throw broken[0];
  const replay = { seed, path: counterexamplePath ?? '', order: found?.failure.token ?? '' };
  return { tried, isOver, found: found && { ...found, replay } };
}

/** Such as `12 programs of 2 clients, with a failure`. */
export function spoken({ tried, isOver, found }: Search<unknown>, clients: number): string {
  const end = found === undefined ? '' : ', with a failure';
  return `${tried} ${tried === 1 ? 'program' : 'programs'} of ${clients} clients${end}${isOver ? ', and then the time was up' : ''}`;
}
