import { ConfigStore } from '#backups/application';
import { RetentionPolicy, shardOf, SHARDS, type ContentHash } from '#backups/domain';
import { expectOk } from '#kernel/testing';
import { race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions, type KeysOf } from '#testing/order';
import { expect } from 'chai';
import { Sha256Hashing } from '../sha256-hashing.ts';
import type { BackupTest } from './backup-test.ts';
import { expectSoundHistory } from './expect-sound-history.ts';
import { AT_ONCE, quietly, upkeepOf } from './upkeep-of.ts';

const bytes = new TextEncoder().encode('hostname core-1\nend\n');
const content: ContentHash = new Sha256Hashing().of(bytes);

/** Of one content: its bytes, its fence, and the history of the one device that may name it. */
export const touches: KeysOf = ({ what, method }) => {
  if (what.startsWith('ConfigStore.')) return method === 'put' ? { writes: ['bytes'] } : { reads: ['bytes'] };
  if (what.startsWith('StoredContents.')) return method === 'remove' ? { writes: ['bytes'] } : { reads: ['bytes'] };
  if (what.startsWith('ContentFence.')) return { reads: ['history'], writes: ['fence'] };
  if (what.startsWith('VersionInventory.')) return { reads: ['history', 'fence'] };
  if (what.startsWith('VersionReader.')) return { reads: ['history'] };
  return { writes: what.startsWith('Versions.') ? ['history'] : [] };
};

/** How far orders are gone through: of a sweep beside a run, and of what else looks after the store. */
type HowFar = { readonly sweeping: EveryOrderOptions; readonly others: EveryOrderOptions };

/** What holds in every order of a backup and of what looks after the store, whatever the adapters. */
export function upkeepOrders(t: InstalledTest<BackupTest>, { sweeping, others }: HowFar): void {
  it(
    'never lose a content that was swept while a run was about to name it',
    everyOrder(
      t,
      async (test) => {
        const store = await test.get(ConfigStore);
        expectOk(await store.put(bytes, test.signal));
        const { sweep } = await upkeepOf(test, content);
        const lease = test.lease();

        const ended = await race({
          run: ({ signal }) => test.run({ signal }),
          sweep: ({ signal }) => sweep.execute({ lease, graceMs: AT_ONCE }, { signal, progress: quietly }),
        });

        expect(ended.of('sweep').ended).to.equal('fulfilled');
        const run = ended.of('run');
        if (run.ended === 'refused') expect(run.error).to.include({ kind: 'StorageFailed' });
        else expect(run.ended).to.equal('fulfilled');
        await expectSoundHistory(test, { versions: run.ended === 'fulfilled' ? 1 : 0 });
        expect(expectOk(await test.run()).outcome).to.equal(run.ended === 'fulfilled' ? 'unchanged' : 'stored');
        await expectSoundHistory(test, { versions: 1 });
      },
      { touches, ...sweeping },
    ),
  );

  it(
    'see no damage in a content that is stored and named meanwhile',
    everyOrder(
      t,
      async (test) => {
        const { verify } = await upkeepOf(test, content);
        const lease = test.lease();
        const part = { part: shardOf(content) + 1, of: SHARDS, mode: 'structure' } as const;

        const ended = await race({
          run: ({ signal }) => test.run({ signal }),
          verify: ({ signal }) => verify.execute({ ...part, lease, graceMs: 60_000 }, { signal, progress: quietly }),
        });

        ended.expect({ fulfilled: 2 });
        expect(ended.values[1]).to.include({ damaged: 0, unreferenced: 0 });
      },
      { touches, ...others },
    ),
  );

  it(
    'keep the newest version and its content, whatever a policy removes beside a run that adds one',
    everyOrder(
      t,
      async (test) => {
        expectOk(await test.run());
        test.rename('core-9');
        expectOk(await test.run());
        test.rename('core-1');
        const { retain } = await upkeepOf(test, content);
        const rules = { keepLast: 1, keepDays: 0, keepDaily: 0, keepWeekly: 0, keepMonthly: 0 };
        const command = { policy: expectOk(RetentionPolicy.parse(rules)), dryRun: false, deviceId: test.deviceId };
        const lease = test.lease();

        const ended = await race({
          run: ({ signal }) => test.run({ signal }),
          retain: ({ signal }) => retain.execute({ ...command, lease }, { signal, progress: quietly }),
        });

        ended.expect({ fulfilled: 2 });
        const versions = await test.versions();
        expect(versions.map(({ sequence }) => sequence)).to.deep.equal(versions.length === 2 ? [3, 2] : [3]);
        for (const { id, bytes } of versions) expect((await test.contentOf(id)).byteLength).to.equal(bytes);
      },
      { touches, ...others },
    ),
  );
}
