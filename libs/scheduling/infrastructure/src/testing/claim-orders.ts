import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions } from '#testing/order';
import { expect } from 'chai';
import { LedgerTransaction } from './ledger.ts';
import { leaseMs, type WiredJobsTest } from './wired-jobs-test.ts';

/** How jobs come to workers, in every order, whatever the engine. */
export function claimOrders(t: InstalledTest<WiredJobsTest>, ofThree: EveryOrderOptions): void {
  for (const [workers, options] of [
    [2, { complete: true }],
    [3, ofThree],
  ] as const) {
    it(
      `are given to one of ${workers} workers that ask at once`,
      everyOrder(
        t,
        async ({ submitted, claim, job }) => {
          const id = await submitted();

          const claims = await race(workers, ({ name, signal }) => claim(name, signal));

          claims.expect({ fulfilled: workers });
          expect(claims.values.flat().map(({ lease }) => lease)).to.deep.equal([{ jobId: id, token: 1 }]);
          expect(await job(id)).to.include({ state: 'running', attempt: 1, token: 1 });
        },
        options,
      ),
    );
  }

  it(
    'are taken back once where two sweep at once',
    everyOrder(
      t,
      async ({ claimed, sweep, job, clock }) => {
        const ids = [(await claimed()).id, (await claimed()).id];
        await clock.advance(leaseMs);

        const swept = await race(2, ({ signal }) => sweep(signal));

        swept.expect({ fulfilled: 2 });
        expect(swept.values.reduce((sum, count) => sum + count, 0)).to.equal(2);
        for (const id of ids) expect(await job(id)).to.include({ state: 'queued', attempt: 1 });
      },
      { complete: true },
    ),
  );

  it(
    'are claimed when the transaction that submits them is kept, and not before',
    everyOrder(
      t,
      async ({ get, claim, job, signal: forever }) => {
        const transaction = await get(LedgerTransaction);
        const request = { type: 'test.run', payload: null };

        const ends = await race({
          submitter: ({ signal }) => transaction.run(({ jobs }) => jobs.submit(request), signal),
          worker: ({ signal }) => claim('worker', signal),
        });

        ends.expect({ fulfilled: 2 });
        const rest = await claim('later', forever);
        const claims = [...ends.values.flat(), ...rest].filter((value) => typeof value === 'object');
        expect(claims).to.have.lengthOf(1);
        expect(await job(claims[0]!.id)).to.include({ state: 'running', attempt: 1, token: 1 });
      },
      { complete: true },
    ),
  );
}
