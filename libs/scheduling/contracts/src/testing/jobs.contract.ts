import type { OpenTransaction } from '#kernel';
import { contract, expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { JobsWithin, LeaseLost, type Lease } from '../jobs.ts';
import { claimFrom, failureOf, holdIn, request, submitTo, type JobsUnderTest } from './jobs-under-test.ts';
import { itKeepsKeysAndCapacity } from './keyed-jobs.contract.ts';

/** What every {@link JobsWithin} promises inside another context's transaction. */
export const jobsWithinContract = contract(JobsWithin, (open: () => JobsUnderTest) => {
  async function withClaimedJob() {
    const under = open();
    expectOk(await submitTo(under, request));
    return { ...under, lease: await claimFrom(under) };
  }

  it('submits a job as it was asked for, which exists once the transaction is kept', async () => {
    const under = open();
    const asked = {
      type: 'test.run',
      payload: { some: ['facts', null] },
      priority: 9,
      dueAt: new Date('2030-01-02T03:04:05.678Z'),
      maxAttempts: 1,
      timeoutMs: 1_000,
      queueTimeoutMs: 2_000,
      deadlineMs: 3_000,
      heartbeatTimeoutMs: 4_000,
      idempotencyKey: 'once',
    };

    const id = expectOk(await submitTo(under, asked));

    expect(await under.find(id)).to.deep.equal(asked);
  });

  it('submits a job with the usual values where none are given, due at once', async () => {
    const under = open();

    const id = expectOk(await submitTo(under, request));

    expect(await under.find(id)).to.deep.include({ ...request, priority: 5, maxAttempts: 3, timeoutMs: 600_000 });
    expect(await claimFrom(under)).to.deep.equal({ jobId: id, token: 1 });
  });

  it('submits several jobs of one transaction, each as a job of its own', async () => {
    const { inTransaction, jobs, count, signal } = open();

    const ids = await inTransaction(async (transaction) => {
      const [one, other] = [jobs.join(transaction), jobs.join(transaction)];
      return [expectOk(await one.submit(request)), expectOk(await other.submit(request))];
    }, signal);

    expect(new Set(ids).size).to.equal(2);
    expect(await count()).to.equal(2);
  });

  it('submits nothing when the transaction is undone', async () => {
    const { inTransaction, jobs, count, signal } = open();
    const changedItsMind = new Error('changed its mind');

    const failure = await failureOf(
      inTransaction(async (transaction) => {
        expectOk(await jobs.join(transaction).submit(request));
        throw changedItsMind;
      }, signal),
    );

    expect(failure).to.equal(changedItsMind);
    expect(await count()).to.equal(0);
  });

  it('submits and holds nothing for a caller that stops', async () => {
    const under = await withClaimedJob();
    const acts = {
      submit: (transaction: OpenTransaction) => under.jobs.join(transaction).submit(request),
      hold: (transaction: OpenTransaction) => under.jobs.join(transaction).hold(under.lease),
    };

    for (const act of Object.values(acts)) {
      const [caller, stopped] = [new AbortController(), new Error('stopped by the caller')];
      let inside: unknown;
      const work = async (transaction: OpenTransaction) => {
        caller.abort(stopped);
        inside = await failureOf(act(transaction));
      };

      expect(await failureOf(under.inTransaction(work, caller.signal))).to.equal(stopped);
      expect(inside).to.be.instanceOf(Error);
    }
    expect(await under.count()).to.equal(1);
    expect(await under.takeBack(under.lease)).to.equal(true);
  });

  it('lets nobody claim the job before the transaction is kept', async () => {
    const { inTransaction, jobs, claim, signal } = open();

    const claimed = await inTransaction(async (transaction) => {
      expectOk(await jobs.join(transaction).submit(request));
      return claim();
    }, signal);

    expect(claimed).to.equal(null);
  });

  it('refuses a type that nobody handles, and names those that are', async () => {
    const under = open();

    const refused = await submitTo(under, { type: 'no.such', payload: null });

    expect(expectErr(refused)).to.deep.equal({ kind: 'UnknownJobType', type: 'no.such', known: ['test.run'] });
    expect(await under.count()).to.equal(0);
  });

  const ranges = {
    priority: [0, 9],
    maxAttempts: [1, 20],
    timeoutMs: [1_000, 86_400_000],
    queueTimeoutMs: [1_000, 604_800_000],
    deadlineMs: [1_000, 604_800_000],
    heartbeatTimeoutMs: [1_000, 86_400_000],
  } as const;
  for (const [field, [from, to]] of Object.entries(ranges)) {
    it(`takes a ${field} from ${from} to ${to}, and refuses any other`, async () => {
      const under = open();

      for (const value of [from, to]) expectOk(await submitTo(under, { ...request, [field]: value }));
      for (const value of [from - 1, to + 1, from + 0.5, Number.NaN]) {
        const refused = expectErr(await submitTo(under, { ...request, [field]: value }));
        expect(refused).to.deep.include({ kind: 'InvalidJob', field });
      }

      expect(await under.count()).to.equal(2);
    });
  }

  for (const when of ['no time at all', '1969-12-31T23:59:59.999Z', '+010000-01-01T00:00:00.000Z']) {
    it(`refuses a job that is due at ${when}`, async () => {
      const refused = expectErr(await submitTo(open(), { ...request, dueAt: new Date(when) }));

      expect(refused).to.deep.include({ kind: 'InvalidJob', field: 'dueAt' });
    });
  }

  it('leaves the transaction usable after a refusal', async () => {
    const { inTransaction, jobs, count, signal } = open();

    await inTransaction(async (transaction) => {
      const joined = jobs.join(transaction);
      expectErr(await joined.submit({ ...request, maxAttempts: 21 }));
      expectOk(await joined.submit(request));
    }, signal);

    expect(await count()).to.equal(1);
  });

  it('holds a job for the newest lease', async () => {
    const under = await withClaimedJob();

    const held = await holdIn(under, under.lease);

    expect(held).to.equal(undefined);
  });

  const lost: Record<string, (under: JobsUnderTest, lease: Lease) => Promise<unknown>> = {
    'that another claim has replaced': async (under, lease) => {
      await under.takeBack(lease);
      expect(await claimFrom(under)).to.deep.equal({ ...lease, token: lease.token + 1 });
    },
    'whose job was taken back': ({ takeBack }, lease) => takeBack(lease),
    'whose job has ended': ({ end }, lease) => end(lease),
  };
  for (const [which, lose] of Object.entries(lost)) {
    it(`does not hold a job for a lease ${which}`, async () => {
      const under = await withClaimedJob();
      await lose(under, under.lease);

      const refused = await holdIn(under, under.lease);

      expect(refused).to.be.instanceOf(LeaseLost).with.deep.property('lease', under.lease);
    });
  }

  it('holds a job for one transaction at a time, however many want it', async () => {
    const { inTransaction, jobs, lease, signal } = await withClaimedJob();
    const inside = { now: 0, most: 0 };

    const holding = [1, 2, 3].map(() =>
      inTransaction(async (transaction) => {
        await jobs.join(transaction).hold(lease);
        inside.now += 1;
        inside.most = Math.max(inside.most, inside.now);
        await jobs.join(transaction).hold(lease);
        inside.now -= 1;
      }, signal),
    );
    await Promise.all(holding);

    expect(inside).to.deep.equal({ now: 0, most: 1 });
  });

  it('does not hold a job that nobody has submitted', async () => {
    const refused = await holdIn(open(), { jobId: sequentialId(999), token: 1 });

    expect(refused).to.be.instanceOf(LeaseLost);
  });

  for (const [end, outcome] of [
    ['kept', () => {}],
    ['undone', () => expect.fail('undone')],
  ] as const) {
    it(`keeps a held job from being taken until the transaction is ${end}`, async () => {
      const { inTransaction, jobs, takeBack, lease, signal } = await withClaimedJob();
      let during: boolean | undefined;

      await failureOf(
        inTransaction(async (transaction) => {
          await jobs.join(transaction).hold(lease);
          during = await takeBack(lease);
          outcome();
        }, signal),
      );
      const after = await takeBack(lease);

      expect([during, after]).to.deep.equal([false, true]);
    });
  }

  describe('keys and capacity', () => itKeepsKeysAndCapacity(open));
});
