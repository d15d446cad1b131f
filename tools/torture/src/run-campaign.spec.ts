import { expect } from 'chai';
import { nothingFound, type Campaign, type Finding } from './campaign.ts';
import { Laboratory } from './arena/laboratory.ts';
import { never } from './judge.ts';
import { runCampaign, type Run } from './run-campaign.ts';

/** Notes what chance has told each of its parts. */
function noting(parts: number[]): Campaign {
  return {
    id: 'X',
    title: 'nothing',
    answers: [],
    trials: { gate: 10, nightly: 10 },
    part: { gate: 4, nightly: 4 },
    run: async ({ trials, random, progress }): Promise<Finding> => {
      parts.push(random.fraction());
      progress(trials);
      return { ...nothingFound, trials, reached: { parts: 1 } };
    },
    judge: (finding) => [never('nothing', finding)],
  };
}

function run(campaign: Campaign, before: Run['before'] = null): Run & { kept: Finding[]; done: number[] } {
  const [kept, done]: [Finding[], number[]] = [[], []];
  return {
    ...{ campaign, before, kept, done, size: 'gate', trials: 10, seed: 7, plant: null },
    signal: new AbortController().signal,
    progress: (now) => void done.push(now),
    keep: async (finding) => void kept.push(finding),
  };
}

describe('A campaign', () => {
  it('is done in parts, each of which is kept', async () => {
    await using laboratory = new Laboratory();
    const asked = run(noting([]));

    const { finding } = await runCampaign(asked, laboratory);

    expect(finding.trials).to.equal(10);
    expect(asked.kept.map(({ trials }) => trials)).to.deep.equal([4, 8, 10]);
    expect(asked.done).to.deep.equal([4, 8, 10]);
  });

  it('that was interrupted goes on with the same chances as one that was not', async () => {
    await using laboratory = new Laboratory();
    const [whole, rest]: [number[], number[]] = [[], []];
    const first = run(noting(whole));
    await runCampaign(first, laboratory);

    const [finding = nothingFound] = first.kept;
    const { finding: resumed } = await runCampaign(run(noting(rest), { finding, tookMs: 1 }), laboratory);

    expect(resumed).to.deep.equal(first.kept.at(-1));
    expect(rest).to.deep.equal(whole.slice(1));
  });
});
