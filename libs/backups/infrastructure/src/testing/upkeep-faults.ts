import { ConfigStore, VerificationReader } from '#backups/application';
import { RetentionPolicy, shardOf, SHARDS, type ContentHash } from '#backups/domain';
import { expectOk, sequentialId } from '#kernel/testing';
import { everyFault, type Fault } from '#testing/failure';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import { Sha256Hashing } from '../sha256-hashing.ts';
import type { BackupTest } from './backup-test.ts';
import { AT_ONCE, quietly, upkeepOf } from './upkeep-of.ts';

const jobId = sequentialId<'Job'>(901);
const bytesOf = (text: string) => new TextEncoder().encode(text);
/** What the first version of the device has, and what nothing has but lies in the same shard. */
const named: ContentHash = new Sha256Hashing().of(bytesOf('hostname core-1\nend\n'));
const unneeded = inShardOf(named);

function inShardOf(hash: ContentHash): { readonly text: string; readonly hash: ContentHash } {
  for (let n = 0; ; n += 1) {
    const text = `unneeded ${n}`;
    const found = new Sha256Hashing().of(bytesOf(text));
    if (shardOf(found) === shardOf(hash)) return { text, hash: found };
  }
}

/** One version, and a content that nothing names. */
async function given(test: BackupTest): Promise<void> {
  expectOk(await test.run());
  expectOk(await (await test.get(ConfigStore)).put(bytesOf(unneeded.text), test.signal));
}

/** Work of a job, which is taken up again by its next attempt where it has not come to its end. */
function attemptsOf<T>(work: (test: BackupTest, context: { signal: AbortSignal }) => Promise<T>) {
  return {
    given,
    workflow: work,
    recover: async (test: BackupTest, { signal, outcome }: { signal: AbortSignal; outcome: { ended: string } }) => {
      if (outcome.ended === 'returned') return undefined;
      test.jobs.takeBack(jobId);
      return work(test, { signal });
    },
  };
}

/** Nobody delivers the answers of these ports twice, and a hang ends like an abort. */
export const everyEnd: readonly Fault[] = ['fails-before', 'fails-after', 'aborts', 'crashes-before', 'crashes-after'];

/** What holds wherever work on the store fails, is stopped or dies, when its job is taken up again. */
export function upkeepFaults(t: InstalledTest<BackupTest>, faults: readonly Fault[]): void {
  it(
    'sweep nothing that a version names, and leave nothing that can no longer be stored',
    everyFault(t, {
      faults,
      ...attemptsOf(async (test, { signal }) => {
        const { sweep } = await upkeepOf(test, named);
        const lease = test.jobs.claim(jobId);
        return sweep.execute({ lease, graceMs: AT_ONCE }, { signal, progress: quietly });
      }),
      holds: async (test) => {
        test.jobs.end(jobId);
        await test.clock.advance(600_000);
        const { sweep } = await upkeepOf(test, named);
        const lease = test.lease();
        await sweep.execute({ lease, graceMs: AT_ONCE }, { signal: test.signal, progress: quietly });

        const store = await test.get(ConfigStore);
        expect(await store.has(named, test.signal)).to.equal(true);
        expect(await store.has(unneeded.hash, test.signal)).to.equal(false);
        test.rename('core-9');
        expect(expectOk(await test.run()).outcome).to.equal('stored');
      },
    }),
  );

  it(
    'verify a part once, and count nothing twice',
    everyFault(t, {
      faults,
      ...attemptsOf(async (test, { signal }) => {
        const { verify } = await upkeepOf(test, named);
        const part = { part: shardOf(named) + 1, of: SHARDS, mode: 'bytes' } as const;
        const command = { ...part, lease: test.jobs.claim(jobId), graceMs: AT_ONCE };
        return verify.execute(command, { signal, progress: quietly });
      }),
      holds: async (test) => {
        const reader = await test.get(VerificationReader);
        const seen = await reader.find(jobId, test.signal);
        const found = await reader.findings({ id: jobId, after: null, limit: 10 }, test.signal);
        expect(seen).to.include({ contents: 1, damaged: 0, unreferenced: 1, shardsDone: 1 });
        expect(seen?.finishedAt).not.to.equal(null);
        expect(found.map(({ contentHash, kind }) => [contentHash, kind])).to.deep.equal([
          [unneeded.hash, 'unreferenced'],
        ]);
      },
    }),
  );

  it(
    'remove the versions that a policy does not keep, and no other',
    everyFault(t, {
      faults,
      ...attemptsOf(async (test, { signal }) => {
        const { retain } = await upkeepOf(test, named);
        const rules = { keepLast: 1, keepDays: 0, keepDaily: 0, keepWeekly: 0, keepMonthly: 0 };
        const policy = expectOk(RetentionPolicy.parse(rules));
        const command = { policy, dryRun: false, deviceId: null, lease: test.jobs.claim(jobId) };
        return retain.execute(command, { signal, progress: quietly });
      }),
      given: async (test) => {
        for (const name of ['core-1', 'core-2', 'core-3']) {
          test.rename(name);
          expectOk(await test.run());
        }
      },
      holds: async (test) => expect((await test.versions()).map(({ sequence }) => sequence)).to.deep.equal([3]),
    }),
  );
}
