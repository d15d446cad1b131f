import type { Campaign, Size } from './campaign.ts';
import { campaigns } from './campaigns/campaigns.ts';

export const HELP = `Does harm to the product as real processes over a real PostgreSQL, and prints what came of it.

  npm run torture -- [--only R1,R3] [--size gate|nightly] [--kills N] [--trials N] [--seed n] [--resume] [--json] [--write]
  npm run torture -- --prove [fault ...]

  --only     the campaigns to run, in their order; all when not given
  --size     gate (the default): together about a minute and a half; nightly: the figures as they stand in docs/torture.md
  --kills    how many workers R1 kills        --trials  how many trials the chosen campaigns have
  --seed     repeats what chance has chosen   --resume  goes on where the same command was interrupted
  --plant    plants a fault in the harness, which the campaign then has to find
  --prove    plants each fault (or those that are named) and expects its campaign to find it
  --json     prints the results as JSON       --write   writes docs/torture.md

Exit code 1: a figure was missed, or a planted fault was. Campaigns:
${campaigns.map(({ id, answers, title }) => `  ${[id, ...answers].join(', ').padEnd(8)} ${title}`).join('\n')}`;

export const OPTIONS = {
  only: { type: 'string' },
  size: { type: 'string', default: 'gate' },
  kills: { type: 'string' },
  trials: { type: 'string' },
  seed: { type: 'string' },
  plant: { type: 'string' },
  resume: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  prove: { type: 'boolean', default: false },
} as const;

export type Chosen = { readonly campaign: Campaign; readonly trials: number };

export type Asked = { readonly only?: string; readonly kills?: string; readonly trials?: string };

/** The campaigns that were asked for and how many trials each has, or what is wrong with the question. */
export function chosen({ only, kills, trials }: Asked, size: Size): readonly Chosen[] | string {
  const names = only?.split(',').map((name) => name.trim()) ?? [];
  const isCalled = ({ id, answers }: Campaign, name: string): boolean => [id, ...answers].includes(name);
  const unknown = names.find((name) => !campaigns.some((campaign) => isCalled(campaign, name)));
  if (unknown !== undefined) return `There is no campaign ${unknown}.`;
  const counts = { kills, trials };
  for (const [option, text] of Object.entries(counts)) {
    if (text !== undefined && !/^[1-9]\d{0,6}$/.test(text)) return `--${option} ${text} is not a number of trials.`;
  }
  return campaigns
    .filter((campaign) => names.length === 0 || names.some((name) => isCalled(campaign, name)))
    .map((campaign) => {
      const own = campaign.id === 'R1' ? (kills ?? trials) : trials;
      return { campaign, trials: own === undefined ? campaign.trials[size] : Number(own) };
    });
}

export function isSize(text: string): text is Size {
  return text === 'gate' || text === 'nightly';
}
