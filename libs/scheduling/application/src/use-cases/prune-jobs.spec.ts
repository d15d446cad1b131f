import type { JobProgress } from '#scheduling/contracts';
import { expect } from 'chai';
import { PruneJobs } from './prune-jobs.ts';

describe('PruneJobs', () => {
  it('takes away one batch after the other until one is not full, and tells how far it is', async () => {
    const batches = [500, 500, 3];
    const asked: unknown[] = [];
    const progress: JobProgress[] = [];
    const ended = {
      remove: async (which: unknown) => {
        asked.push(which);
        return batches.shift() ?? 0;
      },
    };

    const run = { signal: new AbortController().signal, progress: (how: JobProgress) => void progress.push(how) };
    const pruned = await new PruneJobs(ended).execute({ keepDays: 2 }, run);

    expect(pruned).to.deep.equal({ removed: 1_003 });
    expect(asked).to.deep.equal(Array(3).fill({ forMs: 2 * 86_400_000, limit: 500 }));
    expect(progress.map(({ done }) => done)).to.deep.equal([500, 1_000, 1_003]);
  });
});
