import { sequentialId } from '#kernel/testing';
import { SweepExpiredLeases } from '#scheduling/application';
import { everyFault, faults, type Fault, type SweptCall } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { LedgerTransaction } from './ledger.ts';
import { leaseMs, type WiredJobsTest } from './wired-jobs-test.ts';

/** The first job of a test. */
const id = sequentialId<'Job'>(1);

/** What holds when one of `tried` happens, at whichever call of the engine and of the handler's transaction. */
export function jobFaults(t: InstalledTest<WiredJobsTest>, tried: readonly Fault[] = faults): void {
  it(
    'is done by a worker, or by the one that comes after it',
    everyFault(t, {
      given: ({ submitted }) => submitted({ timeoutMs: 10_000 }),
      workflow: ({ employ }, { signal }) => employ(id, signal),
      recover: ({ employ }, { signal }) => employ(id, signal),
      deadline: 60_000,
      faults: (call) => tried.filter((fault) => canMeet(call, fault)),
      holds: async ({ job, entries, expectFenced }) => {
        const last = (await entries()).at(-1);
        expect(await job(id)).to.include({ state: 'succeeded', result: last?.token, token: last?.token });
        expect((await job(id)).attempt, 'attempts').to.be.at.most(2);
        await expectFenced();
      },
    }),
  );

  it(
    'is taken back from a worker that has died, and done by the next one',
    everyFault(t, {
      faults: () => tried,
      given: async ({ claimed, clock }) => {
        await claimed();
        await clock.advance(leaseMs);
      },
      workflow: async ({ get }, { signal }) => (await get(SweepExpiredLeases)).execute({ limit: 10 }, { signal }),
      recover: async ({ sweep, work }, { signal }) => {
        await sweep(signal);
        await work('next', signal);
      },
      holds: async ({ job, expectFenced }) => {
        expect(await job(id)).to.include({ state: 'succeeded', attempt: 2, token: 2 });
        await expectFenced();
      },
    }),
  );

  it(
    'is there when the transaction that submits it was kept, whether its submitter has heard so or not, and only then',
    everyFault(t, {
      faults: ({ isWithin }) => tried.filter((fault) => fault !== 'twice' || !isWithin),
      workflow: async ({ get }, { signal }) => {
        const transaction = await get(LedgerTransaction);
        return transaction.run(({ jobs }) => jobs.submit({ type: 'test.run', payload: null }), signal);
      },
      recover: async ({ work }, { signal }) => void (await work('next', signal)),
      holds: async ({ jobs }, { outcome, faulted }) => {
        const isAnswerLost = faulted?.what === 'LedgerTransaction.run' && faulted.fault.endsWith('after');
        const isKept = outcome.ended === 'returned' || isAnswerLost;
        expect((await jobs()).map(({ state }) => state)).to.deep.equal(isKept ? ['succeeded'] : []);
      },
    }),
  );

  it(
    'is there once, when it was submitted with a key and its submitter tries again',
    everyFault(t, {
      faults: () => tried,
      workflow: async ({ submit }, { signal }) => submit({ idempotencyKey: 'once' }, signal),
      recover: async ({ submit }, { signal }) => void (await submit({ idempotencyKey: 'once' }, signal)),
      holds: async ({ jobs, expectHistory }) => {
        expect((await jobs()).map(({ state }) => state)).to.deep.equal(['queued']);
        await expectHistory((await jobs())[0]!.id);
      },
    }),
  );

  it(
    'is cancelled once, however often that is asked for',
    everyFault(t, {
      given: ({ submitted }) => submitted(),
      workflow: async ({ cancel }, { signal }) => cancel(id, signal),
      recover: async ({ cancel }, { signal }) => void (await cancel(id, signal)),
      faults: (call) => tried.filter((fault) => fault !== 'twice' || call.what !== 'JobQueue.cancel'),
      holds: async ({ job, history, expectHistory }) => {
        expect(await job(id)).to.include({ state: 'cancelled' });
        expect((await history(id)).map(({ kind }) => kind)).to.deep.equal(['submitted', 'cancelled']);
        await expectHistory(id);
      },
    }),
  );

  it(
    'is done again once, when that is asked for',
    everyFault(t, {
      given: async ({ submitted, cancel }) => {
        await submitted();
        await cancel(id);
      },
      workflow: async ({ retry }, { signal }) => retry(id, signal),
      recover: async ({ retry }, { signal }) => void (await retry(id, signal)),
      faults: (call) => tried.filter((fault) => fault !== 'twice' || call.what !== 'JobQueue.retry'),
      holds: async ({ job, history }) => {
        expect(await job(id)).to.include({ state: 'queued', attempt: 0, maxAttempts: 1 });
        expect((await history(id)).map(({ kind }) => kind)).to.deep.equal(['submitted', 'cancelled', 'retried']);
      },
    }),
  );
}

/**
 * A handler is called in its own process, where nothing is delivered twice, and so are the stores of its transaction. A
 * crash at the sweep meets a claim half way, which then fails at a port that answers at once, instead of standing still:
 * the sweep is crashed by itself, in a test of its own. The last claim finds nothing, and is left alone.
 */
function canMeet({ what, number, isWithin }: SweptCall, fault: Fault): boolean {
  if (what === 'JobQueue.claim') return number < 3;
  if (what === 'JobQueue.sweepExpired') return !fault.startsWith('crashes');
  return fault !== 'twice' || !(what === 'JobHandler.handle' || isWithin);
}
