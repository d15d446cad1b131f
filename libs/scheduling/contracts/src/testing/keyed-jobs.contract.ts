import type { Result } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { expect } from 'chai';
import type { JobId, JobRefused, JobRequest } from '../jobs.ts';
import { claimFrom, failureOf, request, submitTo, type JobsUnderTest } from './jobs-under-test.ts';

export function itKeepsKeysAndCapacity(open: () => JobsUnderTest): void {
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
}
