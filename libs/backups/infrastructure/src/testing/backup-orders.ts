import { expectOk } from '#kernel/testing';
import { LeaseLost, type Lease } from '#scheduling/contracts';
import { race, type Run } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { everyOrder, type EveryOrderOptions, type KeysOf } from '#testing/order';
import { expect } from 'chai';
import type { BackupTest } from './backup-test.ts';
import { expectSoundHistory } from './expect-sound-history.ts';

/**
 * What is shared by those who deal with one device: its history, which a transaction has for itself from `latest` on, the
 * contents, and a lease where it is of the same job. What other contexts know of the device is changed by nobody who is a port.
 */
const touches: KeysOf = ({ what, method, args }) => {
  if (method === 'hold') return { writes: [`the lease of ${(args[0] as Lease).jobId}`] };
  // Contents may be put in any order: it is who looks that has to be put in order with them.
  if (what.startsWith('ConfigStore.')) return { [method === 'put' ? 'reads' : 'writes']: ['the contents'] };
  if (what.startsWith('VersionReader.')) return { reads: ['the history'] };
  if (what.startsWith('BackupStatuses.')) return { writes: ['the status'] };
  return { writes: what.startsWith('Versions.') ? ['the history'] : [] };
};

/** Lists the versions and reads the newest, as a person would. */
const readNewest =
  ({ list, contentOf }: BackupTest): Run<number[]> =>
  async ({ signal }) => {
    const versions = await list(signal);
    const [newest] = versions;
    if (newest !== undefined) expect((await contentOf(newest.id, signal)).byteLength).to.equal(newest.bytes);
    return versions.map(({ sequence }) => sequence);
  };

/** Something that happens at one moment, of which every one is tried. */
const atAnyMoment =
  (happens: () => void): Run<void> =>
  async ({ start }) => {
    await start();
    happens();
  };

/** How far orders are gone through: of two, and of three. All orders are, where a run meets somebody with one step. */
export type HowFar = { readonly ofTwo: EveryOrderOptions; readonly ofThree: EveryOrderOptions };

/** What holds in every order of what happens while a device is backed up, whatever the adapters. */
export function backupOrders(t: InstalledTest<BackupTest>, { ofTwo, ofThree }: HowFar): void {
  for (const [runs, options] of [
    [2, { touches, ...ofTwo }],
    [3, { touches, ...ofThree }],
  ] as const) {
    it(
      `make one version of ${runs} runs at once, and keep its content once`,
      everyOrder(
        t,
        async (test) => {
          const made = await race(runs, ({ signal }) => test.run({ signal }));

          made.expect({ fulfilled: runs });
          const outcomes = made.values.map(({ outcome }) => outcome).toSorted();
          expect(outcomes).to.deep.equal(['stored', ...Array<string>(runs - 1).fill('unchanged')]);
          expect(new Set(made.values.map(({ versionId }) => versionId)).size).to.equal(1);
          await expectSoundHistory(test, { versions: 1 });
          expect(await test.contentsStored()).to.equal(1);
        },
        options,
      ),
    );
  }

  it(
    'never put an older configuration after a newer one, and lose none that a run has told of',
    everyOrder(
      t,
      async (test) => {
        const made = await race({
          one: ({ signal }) => test.run({ signal }),
          other: ({ signal }) => test.run({ signal }),
          operator: async ({ signal }) => {
            await test.clock.sleep(1_000, signal);
            test.rename('core-9');
          },
        });

        const versions = await test.versions();
        expect(Object.keys(made.tally)).to.have.members(
          made.refusals.length === 0 ? ['fulfilled'] : ['fulfilled', 'refused Superseded'],
        );
        const runs = made.values.filter((value) => value !== undefined);
        expect(versions.map(({ id }) => id)).to.include.members(runs.map(({ versionId }) => versionId));
        await expectSoundHistory(test, { versions: runs.filter(({ outcome }) => outcome === 'stored').length });
      },
      { touches, ...ofThree },
    ),
  );

  it(
    'show a reader whole versions only, while another is made',
    everyOrder(
      t,
      async (test) => {
        expectOk(await test.run());
        test.rename('core-9');

        const ended = await race({ run: ({ signal }) => test.run({ signal }), reader: readNewest(test) });

        ended.expect({ fulfilled: 2 });
        expect(JSON.stringify(ended.values[1])).to.be.oneOf(['[1]', '[2,1]']);
        await expectSoundHistory(test, { versions: 2 });
      },
      { touches, ...ofTwo },
    ),
  );

  it(
    'keep out a run whose lease was taken away before it stored its version',
    everyOrder(
      t,
      async (test) => {
        const { jobs, ids, run } = test;
        const jobId = ids.next<'Job'>();
        const lease = jobs.claim(jobId);
        let taken: Lease | undefined;
        let hadEnded = false;

        const ended = await race({
          late: async ({ signal }) => {
            expectOk(await run({ lease, signal }));
            hadEnded = taken === undefined;
          },
          taker: atAnyMoment(() => {
            if (jobs.takeBack(jobId)) taken = jobs.claim(jobId);
          }),
        });
        const next = expectOk(await run(taken && { lease: taken }));

        const mayStore = taken === undefined || hadEnded;
        ended.expect(mayStore ? { fulfilled: 2 } : { fulfilled: 1, [`threw ${LeaseLost.name}`]: 1 });
        expect(next.outcome).to.equal(mayStore ? 'unchanged' : 'stored');
        await expectSoundHistory(test, { versions: 1 });
      },
      { complete: true },
    ),
  );

  it(
    'are made of a device that is removed meanwhile, or not at all, and outlive it',
    everyOrder(
      t,
      async (test) => {
        const ended = await race({
          run: ({ signal }) => test.run({ signal }),
          remover: atAnyMoment(() => test.devices.remove(test.deviceId)),
        });

        const run = ended.of('run');
        if (run.ended === 'refused') expect(run.error).to.deep.equal({ kind: 'DeviceNotRegistered' });
        else expect(run.ended).to.equal('fulfilled');
        await expectSoundHistory(test, { versions: run.ended === 'fulfilled' ? 1 : 0 });
      },
      { complete: true },
    ),
  );

  it(
    'show a list before or behind the version that is made while the device goes',
    everyOrder(
      t,
      async (test) => {
        expectOk(await test.run());
        test.rename('core-9');

        const ended = await race({
          run: async ({ signal }) => (await test.run({ signal })).ok,
          reader: async ({ signal }) => (await test.list(signal)).map(({ sequence }) => sequence),
          remover: atAnyMoment(() => test.devices.remove(test.deviceId)),
        });

        ended.expect({ fulfilled: 3 });
        const [isStored, read] = ended.values;
        expect(JSON.stringify(read)).to.be.oneOf(isStored === true ? ['[1]', '[2,1]'] : ['[1]']);
        await expectSoundHistory(test, { versions: isStored === true ? 2 : 1 });
      },
      ofThree,
    ),
  );
}
