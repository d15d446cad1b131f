import type { Outcome } from '#tools/command';

/** What Nx's boundary rule prints when there is no project graph: it then checks nothing, and ESLint exits with 0. */
const NOTHING_CHECKED = /rule will be skipped/;

/** Why a run of ESLint does not count as passed, or null when it does. */
export function objection({ ok, output }: Pick<Outcome, 'ok' | 'output'>): string | null {
  if (NOTHING_CHECKED.test(output))
    return 'The boundaries were not checked: run `npx nx lint workspace`, which makes the project graph.';
  return ok ? null : 'Lint failed. What is wrong stands above, each with what to do instead.';
}
