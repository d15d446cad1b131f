import type { Finding } from '#backups/domain';
import { LeaseLost } from '#scheduling/contracts';
import { expect } from 'chai';
import sinon from 'sinon';
import type { VerifyStorePayload } from '../store-jobs.ts';
import { UpkeepTest } from '../testing/upkeep-test.ts';
import { VerifyStore } from './verify-store.ts';

class VerifyTest extends UpkeepTest {
  readonly verifier = new VerifyStore(this.ports);
  readonly told: string[] = [];

  walk({
    mode = 'bytes',
    part = 1,
    of = 1,
    lease = this.jobs.claim(this.job),
  }: Partial<VerifyStorePayload & { lease: ReturnType<UpkeepTest['jobs']['claim']> }> = {}) {
    const progress = (done: number, total: number) => void this.told.push(`${done}/${total}`);
    return this.verifier.execute({ mode, part, of, lease, graceMs: 0 }, { signal: this.signal, progress });
  }

  async findings(): Promise<readonly Pick<Finding, 'contentHash' | 'kind'>[]> {
    const found = await this.reader.findings({ id: this.job, after: null, limit: 100 }, this.signal);
    return found.map(({ contentHash, kind }) => ({ contentHash, kind }));
  }
}

const t = VerifyTest.install();

describe('VerifyStore', () => {
  it(
    'finds nothing wrong with a store as it should be, and tells nobody',
    t.test(async ({ backUp, walk, findings, outbox, clock }) => {
      for (const text of ['one', 'two', 'three']) await backUp(text);

      const seen = await walk();

      expect(seen).to.include({ contents: 3, bytes: 11, damaged: 0, unreferenced: 0 });
      expect(seen.finishedAt).to.deep.equal(clock.now());
      expect(await findings()).to.deep.equal([]);
      expect(outbox.recorded).to.deep.equal([]);
    }),
  );

  it(
    'names every damage and what nothing names, and raises the alarm once',
    t.test(async ({ backUp, store, walk, contents, findings, outbox, job }) => {
      const texts = ['missing', 'truncated', 'altered', 'replaced', 'sound'];
      const [missing, truncated, altered, replaced, sound] = await Promise.all(texts.map((text) => backUp(text)));
      const unneeded = await store('unneeded');
      contents.damage(missing!.contentHash, null);
      contents.damage(truncated!.contentHash, new TextEncoder().encode('trunc'));
      contents.damage(altered!.contentHash, new TextEncoder().encode('Altered'));
      contents.misplace(sound!.contentHash, replaced!.contentHash);

      const seen = await walk();

      expect(seen).to.include({ damaged: 4, unreferenced: 1 });
      expect(await findings()).to.have.deep.members([
        { contentHash: missing!.contentHash, kind: 'missing' },
        { contentHash: truncated!.contentHash, kind: 'truncated' },
        { contentHash: altered!.contentHash, kind: 'altered' },
        { contentHash: replaced!.contentHash, kind: 'replaced' },
        { contentHash: unneeded, kind: 'unreferenced' },
      ]);
      expect(outbox.recorded.map(({ type, data }) => [type, data])).to.deep.equal([
        ['store.damaged', { verificationId: job, startedAt: seen.startedAt.toISOString() }],
      ]);
    }),
  );

  it(
    'reads no content to look at the structure, where it still finds what is missing or short',
    t.test(async ({ backUp, walk, contents, findings }) => {
      const [missing, truncated, altered] = [
        await backUp('missing'),
        await backUp('truncated'),
        await backUp('altered'),
      ];
      contents.damage(missing.contentHash, null);
      contents.damage(truncated.contentHash, new TextEncoder().encode('trunc'));
      contents.damage(altered.contentHash, new TextEncoder().encode('Altered'));

      await walk({ mode: 'structure' });

      expect(await findings()).to.have.deep.members([
        { contentHash: missing.contentHash, kind: 'missing' },
        { contentHash: truncated.contentHash, kind: 'truncated' },
      ]);
    }),
  );

  it(
    'takes a content that is stored and named while it looks for no damage, nor one whose versions go',
    t.test(async ({ backUp, walk, contents, committed, findings }) => {
      const going = await backUp('going');
      const list = contents.list.bind(contents);
      sinon.stub(contents, 'list').callsFake(async (shard, signal) => {
        const listed = await list(shard, signal);
        if (shard === 0) await backUp('coming');
        return listed;
      });
      const examine = contents.examine.bind(contents);
      sinon.stub(contents, 'examine').callsFake(async (content, signal) => {
        if (content.hash === going.contentHash) {
          committed.remove(new Set([going.id]));
          contents.damage(going.contentHash, null);
        }
        return examine(content, signal);
      });

      const seen = await walk();

      expect(seen).to.include({ contents: 2, damaged: 0, unreferenced: 0 });
      expect(await findings()).to.deep.equal([]);
    }),
  );

  it(
    'goes through the parts one after the other, and begins again behind the last',
    t.test(async ({ walk, ids, jobs, clock }) => {
      const parts = [];
      for (let n = 0; n < 4; n += 1) {
        parts.push((await walk({ part: null, of: 3, lease: jobs.claim(ids.next<'Job'>()) })).part);
        await clock.advance(1);
      }

      expect(parts).to.deep.equal([1, 2, 3, 1]);
    }),
  );

  it(
    'goes on at its next attempt behind what it has seen, and counts nothing twice',
    t.test(async ({ backUp, store, walk, contents, transaction, jobs, job, told, findings }) => {
      await backUp('sound');
      await store('unneeded');
      const list = contents.list.bind(contents);
      const listing = sinon.stub(contents, 'list').callsFake((shard, signal) => {
        if (shard === 100) throw new Error('the store is away');
        return list(shard, signal);
      });
      const failure = await walk().catch((error: unknown) => error);
      listing.restore();
      const listed = sinon.spy(contents, 'list');

      const seen = await walk({ lease: jobs.claim(job) });

      expect(failure).to.have.property('message', 'the store is away');
      expect([listed.firstCall.args[0], listed.callCount]).to.deep.equal([100, 156]);
      expect(seen).to.include({ contents: 1, unreferenced: 1, shardsDone: 256 });
      expect(await findings()).to.have.lengthOf(1);
      expect(told.at(-1)).to.equal('256/256');
      expect(transaction).to.exist;
    }),
  );

  it(
    'keeps nothing once its lease is lost',
    t.test(async ({ backUp, walk, contents, jobs, job, reader, signal }) => {
      await backUp('sound');
      const lease = jobs.claim(job);
      sinon.stub(contents, 'list').callsFake(async () => {
        jobs.claim(job);
        return [];
      });

      const failure = await walk({ lease }).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(LeaseLost);
      expect(await reader.find(job, signal)).to.include({ shardsDone: 0, contents: 0 });
    }),
  );
});
