import { ok } from '#kernel';
import { sequentialId } from '#kernel/testing';
import { LeaseLost } from '#scheduling/contracts';
import { expect } from 'chai';
import sinon from 'sinon';
import { UpkeepTest } from '../testing/upkeep-test.ts';
import { SweepUnreferenced } from './sweep-unreferenced.ts';

const HOUR_MS = 3_600_000;

class SweepTest extends UpkeepTest {
  readonly sweeper = new SweepUnreferenced(this.ports);

  sweep({ lease = this.jobs.claim(this.job), graceMs = HOUR_MS } = {}) {
    return this.sweeper.execute({ lease, graceMs }, { signal: this.signal, progress: () => {} });
  }
}

const t = SweepTest.install();

describe('SweepUnreferenced', () => {
  it(
    'removes what no version names, and nothing else',
    t.test(async ({ backUp, store, sweep, has, clock }) => {
      const [named, unnamed] = [await backUp('named'), await store('unnamed')];
      await clock.advance(HOUR_MS);

      const swept = await sweep();

      expect(swept).to.deep.equal({ removed: 1, storedBytes: 7 });
      expect([await has(named.contentHash), await has(unnamed)]).to.deep.equal([true, false]);
    }),
  );

  it(
    'leaves what was stored a short time ago, also when it was there long before',
    t.test(async ({ store, sweep, has, clock }) => {
      await store('again and again');
      await clock.advance(HOUR_MS);
      const hash = await store('again and again');
      await clock.advance(HOUR_MS - 1);

      const young = await sweep();
      await clock.advance(1);

      expect([young.removed, await has(hash), (await sweep()).removed]).to.deep.equal([0, true, 1]);
    }),
  );

  it(
    'removes nothing once its lease is lost',
    t.test(async ({ store, sweep, has, jobs, job }) => {
      const hash = await store('unnamed');
      const lease = jobs.claim(job);
      jobs.claim(job);

      const failure = await sweep({ lease, graceMs: 0 }).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(LeaseLost);
      expect(await has(hash)).to.equal(true);
    }),
  );

  it(
    'does not begin a removal that is late, since others no longer know of it',
    t.test(async ({ store, sweep, has, transaction, clock, inventory, signal }) => {
      const hash = await store('unnamed');
      const run = transaction.run.bind(transaction);
      sinon.stub(transaction, 'run').callsFake(async (work, until) => {
        const kept = await run(work, until);
        await clock.advance(60_000);
        return kept as never;
      });

      const swept = await sweep({ graceMs: 0 });

      expect([swept.removed, await has(hash)]).to.deep.equal([0, true]);
      expect(await inventory.condemned(signal)).to.deep.equal([]);
    }),
  );

  it(
    'frees what a sweep that has died has left condemned, but not at once',
    t.test(async ({ store, sweep, has, transaction, contents, jobs, clock, inventory, signal }) => {
      const hash = await store('unnamed');
      sinon.stub(contents, 'remove').onFirstCall().rejects(new Error('the store is away')).callThrough();
      const dead = jobs.claim(sequentialId<'Job'>(7));
      const failure = await sweep({ lease: dead, graceMs: 0 }).catch((error: unknown) => error);
      jobs.end(dead.jobId);

      await sweep();
      const atOnce = await inventory.condemned(signal);
      await clock.advance(600_000);
      await sweep();
      const later = await inventory.condemned(signal);

      expect(failure).to.have.property('message', 'the store is away');
      expect([atOnce.map(({ by }) => by), later]).to.deep.equal([[dead], []]);
      expect(await has(hash)).to.equal(true);
      expect(await transaction.run(async (s) => ok(await s.contents.reference(hash, 2)), signal)).to.deep.equal(
        ok(true),
      );
    }),
  );

  it(
    'leaves alone what a sweep that lives has condemned, however long ago',
    t.test(async ({ store, sweep, has, transaction, jobs, clock, inventory, signal }) => {
      const hash = await store('unnamed');
      const by = jobs.claim(sequentialId<'Job'>(7));
      await transaction.run(async (s) => ok(await s.contents.condemn({ hash, by, at: clock.now() })), signal);
      await clock.advance(HOUR_MS);

      const swept = await sweep();

      expect([swept.removed, await has(hash)]).to.deep.equal([0, true]);
      expect((await inventory.condemned(signal)).map((one) => one.by)).to.deep.equal([by]);
    }),
  );

  it(
    'ends when it is stopped while the store does not answer',
    t.test(async ({ store, sweeper, jobs, job, contents, limit }) => {
      await store('unnamed');
      sinon.stub(contents, 'list').callsFake(
        (_, signal) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          }),
      );

      const stopped = await limit(5_000, (signal) =>
        sweeper.execute({ lease: jobs.claim(job), graceMs: 0 }, { signal, progress: () => {} }),
      );

      expect(stopped.kind).to.equal('timed out');
    }),
  );
});
