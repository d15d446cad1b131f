import type { OpenTransaction, Result } from '#kernel';
import { contract, expectErr, expectOk, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { JobsWithin, LeaseLost, type JobId, type JobRefused, type JobRequest, type Lease } from '../jobs.ts';
import type { SubmittedJob } from './in-memory-jobs.ts';

/** Jobs of the one type `test.run`, a way to open transactions that they join, and what else happens to jobs. */
export type JobsUnderTest = {
  readonly jobs: JobsWithin;
  /** How many jobs there may be that have not ended; at least 8. */
  readonly capacity: number;
  /** The test's. */
  readonly signal: AbortSignal;
  /** Keeps what `work` did when it resolves, undoes it and rejects likewise when it rejects or the signal aborts. */
  readonly inTransaction: <T>(work: (transaction: OpenTransaction) => Promise<T>, signal: AbortSignal) => Promise<T>;
  readonly find: (id: JobId) => Promise<SubmittedJob | null>;
  readonly count: () => Promise<number>;
  /** Gives a job that waits to a worker; null when none does. */
  readonly claim: () => Promise<Lease | null>;
  /** What a worker does when the job is done. */
  readonly end: (lease: Lease) => Promise<void>;
  /** Lets the lease run out and takes the job from its worker; false when it cannot be taken now. */
  readonly takeBack: (lease: Lease) => Promise<boolean>;
};

const request = { type: 'test.run', payload: null };
const failureOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

/** What every {@link JobsWithin} promises inside another context's transaction. */
export const jobsWithinContract = contract(JobsWithin, (open: () => JobsUnderTest) => {
  const submitTo = (
    { inTransaction, jobs, signal }: JobsUnderTest,
    one: JobRequest,
  ): Promise<Result<JobId, JobRefused>> => inTransaction((transaction) => jobs.join(transaction).submit(one), signal);
  const holdIn = ({ inTransaction, jobs, signal }: JobsUnderTest, lease: Lease): Promise<unknown> =>
    failureOf(inTransaction((transaction) => jobs.join(transaction).hold(lease), signal));
  const claimFrom = async ({ claim }: JobsUnderTest): Promise<Lease> =>
    (await claim()) ?? expect.fail('Expected a job to claim.');

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

  const keyed = { ...request, idempotencyKey: 'once' };

  it('submits one job for all requests with its key, whatever became of it', async () => {
    const under = open();

    const id = expectOk(await submitTo(under, keyed));
    const again = expectOk(await submitTo(under, { ...keyed, priority: 9 }));
    await under.end(await claimFrom(under));
    const afterwards = expectOk(await submitTo(under, keyed));

    expect([again, afterwards]).to.deep.equal([id, id]);
    expect(await under.count()).to.equal(1);
  });

  it('submits one job for two requests with its key in one transaction', async () => {
    const { inTransaction, jobs, count, signal } = open();

    const ids = await inTransaction(async (transaction) => {
      const joined = jobs.join(transaction);
      return [expectOk(await joined.submit(keyed)), expectOk(await joined.submit(keyed))];
    }, signal);

    expect(ids[1]).to.equal(ids[0]);
    expect(await count()).to.equal(1);
  });

  it('takes an object for the same whatever order its members have', async () => {
    const under = open();
    const submitOf = (payload: JobRequest['payload']) => submitTo(under, { ...keyed, payload });

    const id = expectOk(await submitOf({ a: 1, b: { c: 2, d: 3 } }));

    expect(expectOk(await submitOf({ b: { d: 3, c: 2 }, a: 1 }))).to.equal(id);
  });

  it('refuses the key of a job with another payload', async () => {
    const under = open();
    const id = expectOk(await submitTo(under, keyed));

    const refused = expectErr(await submitTo(under, { ...keyed, payload: 1 }));

    expect(refused).to.deep.equal({ kind: 'KeyReused', key: 'once', id });
    expect(await under.count()).to.equal(1);
  });

  for (const [end, outcome] of [
    ['kept', () => {}],
    ['undone', () => expect.fail('undone')],
  ] as const) {
    it(`waits until it is known whether the other job with the key is ${end}`, async () => {
      const under = open();
      let first: JobId | undefined;
      let second: Promise<Result<JobId, JobRefused>> | undefined;

      await failureOf(
        under.inTransaction(async (transaction) => {
          first = expectOk(await under.jobs.join(transaction).submit(keyed));
          second = submitTo(under, keyed);
          outcome();
        }, under.signal),
      );
      const id = expectOk(await second!);

      expect(id === first).to.equal(end === 'kept');
      expect(await under.count()).to.equal(1);
      expect(await under.find(id)).to.include({ idempotencyKey: 'once' });
    });
  }

  for (const key of ['', 'a b', 'x'.repeat(201)]) {
    it(`refuses the key ${JSON.stringify(key).slice(0, 10)}`, async () => {
      const refused = expectErr(await submitTo(open(), { ...request, idempotencyKey: key }));

      expect(refused).to.deep.include({ kind: 'InvalidJob', field: 'idempotencyKey' });
    });
  }

  it('refuses what is more than the engine takes, and adds nothing', async () => {
    const under = open();
    const { capacity, inTransaction, jobs, signal } = under;

    const refused = await inTransaction(async (transaction) => {
      const joined = jobs.join(transaction);
      for (let n = 0; n < capacity; n += 1) expectOk(await joined.submit(request));
      return joined.submit(request);
    }, signal);
    const outside = await submitTo(under, request);

    const full = { kind: 'QueueFull', capacity };
    expect([expectErr(refused), expectErr(outside)]).to.deep.equal([full, full]);
    expect(await under.count()).to.equal(capacity);
  });

  it('answers the job with the key also when there is no room for another', async () => {
    const under = open();
    const id = expectOk(await submitTo(under, keyed));
    for (let n = 1; n < under.capacity; n += 1) expectOk(await submitTo(under, request));

    const again = await submitTo(under, keyed);

    expect(expectOk(again)).to.equal(id);
  });

  it('counts what other transactions are just adding, until they are undone', async () => {
    const under = open();
    for (let n = 1; n < under.capacity; n += 1) expectOk(await submitTo(under, request));
    let during: Result<JobId, JobRefused> | undefined;

    await failureOf(
      under.inTransaction(async (transaction) => {
        expectOk(await under.jobs.join(transaction).submit(request));
        during = await submitTo(under, request);
        expect.fail('undone');
      }, under.signal),
    );
    const after = await submitTo(under, request);

    expect(expectErr(during!).kind).to.equal('QueueFull');
    expectOk(after);
  });

  it('has room again when a job has ended', async () => {
    const under = open();
    for (let n = 0; n < under.capacity; n += 1) expectOk(await submitTo(under, request));
    const lease = await claimFrom(under);

    const running = await submitTo(under, request);
    await under.end(lease);
    const ended = await submitTo(under, request);

    expect(expectErr(running).kind).to.equal('QueueFull');
    expectOk(ended);
  });
});
