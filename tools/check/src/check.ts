import { table, type Outcome } from '#tools/command';
import type { Step } from './steps.ts';

export type Verdict = { readonly step: Step } & Outcome;

/** Where a check speaks: a line that is under way may be replaced by its outcome on a terminal, and not in a log. */
export type Voice = { readonly say: (line: string) => void; readonly underWay: (line: string) => void };

/** As many as there are processors on the smallest machine that checks: most steps keep one of them busy. */
const AT_A_TIME = 2;

/** Takes every step, also after one that failed: one run names everything there is to mend. */
export async function check(
  steps: readonly Step[],
  run: (command: readonly string[]) => Promise<Outcome>,
  { say, underWay }: Voice,
): Promise<readonly Verdict[]> {
  const verdicts = new Map<Step, Verdict>();
  const busy = new Set<Step>();
  const waiting = steps.values();
  const tellBusy = (): void => {
    if (busy.size > 0) underWay(`… ${[...busy].map(({ name }) => name).join(', ')}`);
  };
  const take = async (step: Step): Promise<void> => {
    busy.add(step);
    tellBusy();
    const outcome = await run(step.command);
    busy.delete(step);
    verdicts.set(step, { step, ...outcome });
    say(`${outcome.ok ? '✓' : '✗'} ${step.name}: ${step.proves} (${seconds(outcome)})`);
    if (!outcome.ok) say(outcome.output.trimEnd());
    tellBusy();
  };
  const taker = async (): Promise<void> => {
    for (const step of waiting) await take(step);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, taker));
  return steps.flatMap((step) => verdicts.get(step) ?? []);
}

export function summary(verdicts: readonly Verdict[]): readonly string[] {
  const rows = verdicts.map((verdict) => [
    verdict.step.name,
    verdict.ok ? 'passed' : 'failed',
    seconds(verdict),
    hintOf(verdict),
  ]);
  return table(['check', 'result', 'time', ''], rows);
}

function hintOf({ ok, step: { command, hint } }: Verdict): string {
  if (ok) return '';
  return hint === undefined ? `npx ${command.join(' ')}` : `mend with: ${hint}`;
}

function seconds({ milliseconds }: Outcome): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
