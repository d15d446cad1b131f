import { ConfigMissing } from '#backups/application';
import { isCancellation } from '#kernel';
import { expectOk, ManualClock, SequentialIds } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { Sha256Hashing } from '../sha256-hashing.ts';
import { EVERY_SURVIVAL, PowerLost, VolatileDisk } from '../testing/volatile-disk.ts';
import { sealedStore } from '../testing/stores.ts';
import { FsBlobStore } from './fs-blob-store.ts';
import type { SealedConfigStore } from './sealed-config-store.ts';
import { TemporaryNames } from './temporary-names.ts';

const hashing = new Sha256Hashing();
const OLD = new TextEncoder().encode('hostname old\n');
const NEW = new TextEncoder().encode('hostname new\n');
const untimed = () => new AbortController().signal;
const ids = new SequentialIds();

/** A store of a process of its own: the processes before it are dead. */
function storeOn(files: VolatileDisk, pid: number): SealedConfigStore {
  const names = new TemporaryNames(ids, { host: 'a', pid, isRunning: () => false }, new Set());
  return sealedStore(new FsBlobStore('/store', { files, names, clock: new ManualClock() }));
}

async function diskWithOld(): Promise<VolatileDisk> {
  const disk = new VolatileDisk();
  expectOk(await storeOn(disk, 1).put(OLD, untimed()));
  return disk;
}

/** How many steps there are at which a write can fail. */
async function stepsOfAPut(): Promise<number> {
  const disk = (await diskWithOld()).failing(null);
  expectOk(await storeOn(disk, 2).put(NEW, untimed()));
  return disk.steps;
}

/** The old content is as it was, the new is whole or absent, and the store works. */
async function expectSound(disk: VolatileDisk): Promise<void> {
  const store = storeOn(disk, 3);
  expect(await store.get(hashing.of(OLD), untimed())).to.deep.equal(OLD);
  const found = await store.get(hashing.of(NEW), untimed()).catch((error: unknown) => error);
  if (!(found instanceof ConfigMissing)) expect(found).to.deep.equal(NEW);

  expectOk(await store.put(NEW, untimed()));

  expect(await store.get(hashing.of(NEW), untimed())).to.deep.equal(NEW);
  expect(disk.names('/store/incoming')).to.deep.equal([]);
}

describe('A sealed store over files, when a step of its write fails', () => {
  const eachStep = async (check: (step: number) => Promise<void>) => {
    const steps = await stepsOfAPut();
    expect(steps).to.be.above(10);
    for (let step = 1; step <= steps; step += 1) await check(step);
  };

  it('has kept what it acknowledged, whatever the disk had not yet written when the power went', async () => {
    const disk = (await diskWithOld()).failing(null);

    expectOk(await storeOn(disk, 2).put(NEW, untimed()));

    for (const survival of EVERY_SURVIVAL) {
      const store = storeOn(disk.afterPowerLoss(survival), 3);
      expect(await store.get(hashing.of(NEW), untimed())).to.deep.equal(NEW);
      expect(await store.get(hashing.of(OLD), untimed())).to.deep.equal(OLD);
    }
  });

  it('shows the old or the new content after a loss of power at any step, never a mixture', () =>
    eachStep(async (step) => {
      const disk = (await diskWithOld()).failing({ step, code: 'POWER' });

      const failure = await storeOn(disk, 2)
        .put(NEW, untimed())
        .catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(PowerLost);
      for (const survival of EVERY_SURVIVAL) await expectSound(disk.afterPowerLoss(survival));
    }));

  it('shows the old or the new content after the process died at any step, and sweeps the leftovers', () =>
    eachStep(async (step) => {
      const disk = (await diskWithOld()).failing({ step, code: 'POWER' });

      await storeOn(disk, 2)
        .put(NEW, untimed())
        .catch(() => {});

      await expectSound(disk.failing(null));
    }));

  const failures = [
    { code: 'ENOSPC', failure: { kind: 'StorageFull' } },
    { code: 'EDQUOT', failure: { kind: 'StorageFull' } },
    { code: 'EIO', failure: { kind: 'StorageFailed', reason: 'EIO' } },
  ] as const;
  for (const [title, { code, failure }] of cases(
    'reports {code} at any step, leaves nothing half-written, and works again afterwards',
    failures,
  )) {
    it(title, () =>
      eachStep(async (step) => {
        const disk = (await diskWithOld()).failing({ step, code });

        const outcome = await storeOn(disk, 2).put(NEW, untimed());

        expect(outcome, `step ${step}`).to.deep.equal({ ok: false, error: failure });
        expect(disk.names('/store/incoming')).to.deep.equal([]);
        expect(disk.mostSyncsOfAFile).to.be.at.most(1);
        await expectSound(disk.failing(null));
      }),
    );
  }

  it('leaves nothing half-written when the caller stops at any step', () =>
    eachStep(async (step) => {
      const disk = (await diskWithOld()).failing(null);
      const controller = new AbortController();
      const stopped = new Error('stopped by the caller');
      const stopping = stoppingAt(disk, step, () => controller.abort(stopped));

      const outcome = await storeOn(stopping, 2)
        .put(NEW, controller.signal)
        .catch((error: unknown) => error);

      if (outcome instanceof Error) expect(isCancellation(outcome, controller.signal)).to.equal(true);
      else expect(outcome).to.deep.equal({ ok: true, value: hashing.of(NEW) });
      expect(disk.names('/store/incoming')).to.deep.equal([]);
      await expectSound(disk);
    }));

  it('has no content whose bytes are others by now', async () => {
    const disk = await diskWithOld();
    const damaged = Object.assign(disk.failing(null), { read: async () => NEW });

    expect(await storeOn(disk, 2).has(hashing.of(OLD), untimed())).to.equal(true);
    expect(await storeOn(damaged, 2).has(hashing.of(OLD), untimed())).to.equal(false);
  });

  it('does not call a content stored whose bytes read back are others', async () => {
    const disk = await diskWithOld();
    const read = async (path: string) =>
      path.includes(hashing.of(NEW)) ? OLD : VolatileDisk.prototype.read.call(disk, path);
    const lying = Object.assign(disk.failing(null), { read });

    const outcome = await storeOn(lying, 2).put(NEW, untimed());

    expect(outcome).to.deep.equal({
      ok: false,
      error: { kind: 'StorageFailed', reason: 'what was read back is not what was written' },
    });
  });
});

/** A view of the disk whose caller stops right before the step. */
function stoppingAt(disk: VolatileDisk, step: number, stop: () => void): VolatileDisk {
  let calls = 0;
  return new Proxy(disk, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls += 1;
        if (calls === step) stop();
        return member.apply(target, args);
      };
    },
  });
}
