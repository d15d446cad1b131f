import { together } from '#testing/runtime';
import type { Ending, Turn } from './ladder.ts';
import { tellKept } from './keeping.ts';
import { leftOpen } from './open-work.ts';

type Ended = { end(turn: Turn): Promise<Ending> };

/**
 * Ends the turns of all databases of a test, one after the other, whatever goes wrong with one of them. Tells the test's
 * failure what was kept, and answers what there is to say about the ends: nothing where all was in order.
 */
export async function endAll(
  databases: readonly Ended[],
  turn: Turn & { readonly failure: unknown },
): Promise<unknown> {
  const [errors, kept, findings]: [unknown[], string[], string[]] = [[], [], []];
  for (const database of databases) {
    try {
      const ending = await database.end(turn);
      findings.push(...ending.findings);
      if (ending.kept !== undefined) kept.push(ending.kept);
    } catch (error) {
      errors.push(error);
    }
  }
  if (kept.length > 0) tellKept(turn.failure, kept.join('\n  '));
  const left = leftOpen(findings);
  if (left) errors.unshift(left);
  return errors.length === 0 ? undefined : together(errors);
}
