import { table } from '#tools/command';
import { Laboratory } from './arena/laboratory.ts';
import { campaigns } from './campaigns/campaigns.ts';
import { plants } from './plants/plants.ts';
import { plantNames, type PlantName } from './plants/plant-names.ts';
import { runCampaign, type Outcome } from './run-campaign.ts';

export type Proof = {
  readonly fault: PlantName;
  readonly campaign: string;
  readonly caught: boolean;
  readonly by: string;
  readonly tookMs: number;
};

export type Proving = {
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly told: (proof: Proof) => void;
};

/** Runs the campaign of each fault with the fault planted. A fault counts as caught when the campaign names a violation. */
export async function prove(faults: readonly PlantName[], { seed, signal, told }: Proving): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  await using laboratory = new Laboratory();
  for (const fault of faults) {
    const campaign = campaigns.find(({ id }) => id === plants[fault].caughtBy);
    if (campaign === undefined) throw new Error(`There is no campaign ${plants[fault].caughtBy} to catch ${fault}.`);
    const run = {
      campaign,
      size: 'gate',
      trials: campaign.trials.gate,
      seed,
      plant: fault,
      signal,
      before: null,
    } as const;
    const quiet = { progress: () => {}, keep: async () => {} };
    const began = performance.now();
    const sign = await runCampaign({ ...run, ...quiet }, laboratory).then(firstSign, (error: unknown) => {
      signal.throwIfAborted();
      return { caught: false, by: `the campaign itself failed: ${String(error)}` };
    });
    const proof = { fault, campaign: campaign.id, ...sign, tookMs: performance.now() - began };
    proofs.push(proof);
    told(proof);
  }
  return proofs;
}

function firstSign({ finding, rows }: Outcome): Pick<Proof, 'caught' | 'by'> {
  const missed = rows.find(({ met, isZeroInN }) => !met && !isZeroInN);
  const [sign = missed === undefined ? null : `${missed.figure}: ${missed.result}`] = finding.violations;
  return { caught: sign !== null, by: sign ?? 'nothing' };
}

export function proofTable(proofs: readonly Proof[]): readonly string[] {
  const rows = proofs.map(({ fault, campaign, caught, by, tookMs }) => [
    caught ? 'caught' : 'MISSED',
    fault,
    campaign,
    `${Math.round(tookMs / 1_000)} s`,
    by,
  ]);
  return [
    ...table(['', 'planted fault', 'by', 'took', 'first sign'], rows),
    '',
    `${proofs.filter(({ caught }) => caught).length} of ${proofs.length} caught`,
  ];
}

export function namedFaults(names: readonly string[]): readonly PlantName[] | null {
  const known = plantNames.filter((name) => names.length === 0 || names.includes(name));
  return names.every((name) => (known as readonly string[]).includes(name)) ? known : null;
}
