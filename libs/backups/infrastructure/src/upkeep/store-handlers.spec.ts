import type { RetainVersions, SweepUnreferenced, VerifyStore } from '#backups/application';
import { Verification } from '#backups/domain';
import { abortable, type Json } from '#kernel';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import type { JobAttempt, JobHandler } from '#scheduling/contracts';
import { jobHandlerContract, jobRun, jobTypeContract } from '#scheduling/contracts/testing';
import { expect } from 'chai';
import { SchemaJobType } from '../job-payloads.ts';
import { storeJobTypes } from './store-payloads.ts';
import { StoreRetentionHandler } from './store-retention-handler.ts';
import { StoreSweepHandler } from './store-sweep-handler.ts';
import { StoreVerifyHandler } from './store-verify-handler.ts';

const GRACE_MS = 1_000;
const id = sequentialId<'Job'>(1);
const lease = { jobId: id, token: 1 };
const attemptAt = (type: string, payload: Json): JobAttempt => ({ id, type, payload, attempt: 1, lease });
const rules = { keepLast: 3, keepDays: 7, keepDaily: 0, keepWeekly: 0, keepMonthly: 0 };

/** A use case that answers this, and remembers what it was asked; it may be made to wait for ever. */
function answering(answer: unknown) {
  const asked: unknown[] = [];
  let ready: Promise<unknown> = Promise.resolve();
  return {
    asked,
    stall: () => void (ready = new Promise(() => {})),
    execute: async (command: unknown, { signal }: { signal: AbortSignal }) => {
      asked.push(command);
      await abortable(ready, signal);
      return answer;
    },
  };
}

const seen = Verification.begin(id, { mode: 'bytes', part: 1, of: 2 }, new Date(0)).snapshot();
const swept = { removed: 4, storedBytes: 40 };
const retained = { devices: 1, versions: 9, removed: 6 };

function handlers() {
  const [verify, sweep, retain] = [answering(seen), answering(swept), answering(retained)];
  return {
    verify,
    sweep,
    retain,
    verifying: new StoreVerifyHandler(verify as unknown as VerifyStore, GRACE_MS),
    sweeping: new StoreSweepHandler(sweep as unknown as SweepUnreferenced, GRACE_MS),
    retaining: new StoreRetentionHandler(
      retain as unknown as RetainVersions,
      sweep as unknown as SweepUnreferenced,
      GRACE_MS,
    ),
  };
}

jobHandlerContract.holdsFor(StoreVerifyHandler, () => {
  const { verify, verifying } = handlers();
  return { handler: verifying, attempt: attemptAt('store.verify', {}), stall: verify.stall };
});
jobHandlerContract.holdsFor(StoreSweepHandler, () => {
  const { sweep, sweeping } = handlers();
  return { handler: sweeping, attempt: attemptAt('store.sweep', {}), stall: sweep.stall };
});
jobHandlerContract.holdsFor(StoreRetentionHandler, () => {
  const { retain, retaining } = handlers();
  return { handler: retaining, attempt: attemptAt('store.retention', { rules }), stall: retain.stall };
});

const payloads: Record<string, { readonly right: readonly Json[]; readonly wrong: readonly Json[] }> = {
  'store.verify': { right: [{}, { mode: 'structure', part: 1, of: 1 }], wrong: [{ part: 2 }, { of: 0 }] },
  'store.sweep': { right: [{}], wrong: [{ deviceId: 'x' }] },
  'store.retention': { right: [{ rules }], wrong: [{}, { rules: { keepLast: 0 } }, { rules, deviceId: 'x' }] },
};
for (const type of storeJobTypes) {
  const { right, wrong } = payloads[type.name]!;
  jobTypeContract.holdsFor(SchemaJobType, () => ({ type, payloads: right, wrong }));
}

describe('The jobs of the store', () => {
  it('verify what they are told, and tell what was seen', async () => {
    const { verify, verifying } = handlers();

    const result = expectOk(await verifying.handle(attemptAt('store.verify', { of: 2 }), jobRun()));

    expect(verify.asked).to.deep.equal([{ mode: 'bytes', part: null, of: 2, lease, graceMs: GRACE_MS }]);
    expect(result).to.include({ part: 1, of: 2, contents: 0, damaged: 0 });
  });

  it('remove versions first, and then what only they have had', async () => {
    const { sweep, retaining } = handlers();

    const result = expectOk(await retaining.handle(attemptAt('store.retention', { rules }), jobRun()));

    expect(sweep.asked).to.deep.equal([{ lease, graceMs: GRACE_MS }]);
    expect(result).to.deep.equal({ ...retained, dryRun: false, contentsRemoved: 4 });
  });

  it('sweep nothing after a dry run', async () => {
    const { sweep, retaining } = handlers();

    const result = expectOk(await retaining.handle(attemptAt('store.retention', { rules, dryRun: true }), jobRun()));

    expect([result, sweep.asked]).to.deep.equal([{ ...retained, dryRun: true }, []]);
  });

  it('are not tried again when nobody can say what they are about', async () => {
    const { verifying, sweeping, retaining } = handlers();
    const every: readonly JobHandler[] = [verifying, sweeping, retaining];

    const failures = await Promise.all(every.map((one) => one.handle(attemptAt(one.type, 'nonsense'), jobRun())));

    expect(failures.map((failure) => expectErr(failure).retry)).to.deep.equal([false, false, false]);
  });
});
