import type { Laboratory } from './arena/laboratory.ts';
import { nothingFound, together, type Campaign, type Finding, type Row, type Size } from './campaign.ts';
import type { PlantName } from './plants/plant-names.ts';
import { Random } from './random.ts';

export type Run = {
  readonly campaign: Campaign;
  readonly size: Size;
  readonly trials: number;
  readonly seed: number;
  readonly plant: PlantName | null;
  readonly signal: AbortSignal;
  /** What a run of before has found, to go on from there. */
  readonly before: { readonly finding: Finding; readonly tookMs: number } | null;
  readonly progress: (done: number) => void;
  /** Told after each part, so that it can be kept. */
  readonly keep: (finding: Finding, tookMs: number) => Promise<void>;
};

export type Outcome = { readonly finding: Finding; readonly rows: readonly Row[]; readonly tookMs: number };

/** Does the parts of a campaign that are not done yet, and judges all of them together. */
export async function runCampaign(run: Run, laboratory: Laboratory): Promise<Outcome> {
  const { campaign, size, trials, seed, plant, signal, progress, keep } = run;
  let { finding, tookMs } = run.before ?? { finding: nothingFound, tookMs: 0 };
  while (finding.trials < trials) {
    const began = performance.now();
    const done = finding.trials;
    const part = Math.min(campaign.part[size], trials - done);
    // The numbers of a part do not depend on how many were done in one go.
    const random = new Random(seed + done * 7_919);
    const order = { trials: part, size, random, plant, signal, progress: (now: number) => progress(done + now) };
    finding = together(finding, await campaign.run(order, laboratory));
    tookMs += performance.now() - began;
    await keep(finding, tookMs);
  }
  return { finding, rows: campaign.judge(finding, size), tookMs };
}
