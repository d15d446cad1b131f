import { abortable } from '#kernel';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { PRUNE_JOB, PruneJobs } from '#scheduling/application';
import { jobHandlerContract, jobRun, jobTypeContract } from '#scheduling/contracts/testing';
import { expect } from 'chai';
import { PruneHandler } from './prune-handler.ts';
import { PruneJobType } from './prune-job-type.ts';

const id = sequentialId<'Job'>(1);
const attempt = { id, type: PRUNE_JOB, payload: {}, attempt: 1, lease: { jobId: id, token: 1 } };

function handlerOver() {
  const keptMs: number[] = [];
  let ready: Promise<unknown> = Promise.resolve();
  const remove = async ({ forMs }: { forMs: number }, signal: AbortSignal): Promise<number> => {
    keptMs.push(forMs);
    await abortable(ready, signal);
    return 7;
  };
  const handler = new PruneHandler(new PruneJobs({ remove }));
  return { handler, keptMs, stall: () => void (ready = new Promise(() => {})) };
}

jobHandlerContract.holdsFor(PruneHandler, () => ({ ...handlerOver(), attempt }));
jobTypeContract.holdsFor(PruneJobType, () => ({
  type: new PruneJobType(),
  payloads: [{}, { keepDays: 1 }],
  wrong: [null, { keepDays: 0 }, { keepDays: 1.5 }, { days: 3 }],
}));

describe('The job that takes old jobs away', () => {
  it('keeps jobs for ninety days, or for as long as it is told', async () => {
    const { handler, keptMs } = handlerOver();

    const results = [
      await handler.handle(attempt, jobRun()),
      await handler.handle({ ...attempt, payload: { keepDays: 2 } }, jobRun()),
    ];

    expect(results.map(expectOk)).to.deep.equal([{ removed: 7 }, { removed: 7 }]);
    expect(keptMs).to.deep.equal([90 * 86_400_000, 2 * 86_400_000]);
  });

  it('takes nothing away when it does not understand what it is told', async () => {
    const { handler, keptMs } = handlerOver();

    const failure = expectErr(await handler.handle({ ...attempt, payload: { keepDays: 0 } }, jobRun()));

    expect([failure.retry, keptMs]).to.deep.equal([false, []]);
  });
});
