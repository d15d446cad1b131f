import { Tag, type Device } from '#devices/domain';
import { aDevice } from '#devices/domain/testing';
import { ok } from '#kernel';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import { gate, race } from '#testing/concurrency';
import { expect } from 'chai';
import type { DevicesStores } from '../ports/devices-transaction.ts';
import type { DevicesUnderTest } from './devices.contract.ts';

const later = new Date('2026-01-02T03:04:05.678Z');
const tag = (text: string): Tag => expectOk(Tag.parse(text));

/** The part of the promises of `Devices` that is about finding by name, locks and tags. */
export function locksAndTagsAreKept(open: () => DevicesUnderTest): void {
  const start = () => {
    const { transaction, signal, database } = open();
    const within = async <T>(work: (stores: DevicesStores) => Promise<T>): Promise<T> =>
      expectOk(await transaction.run(async (stores) => ok(await work(stores)), signal));
    const insert = async (...devices: readonly Device[]) => {
      for (const device of devices) expectOk(await within((stores) => stores.devices.insert(device)));
    };
    const stored = (position: number) =>
      within(async ({ devices }) => (await devices.find(sequentialId(position)))?.snapshot() ?? null);
    const rename = (from: string, to: string) =>
      within(({ devices }) => devices.renameTag({ from: tag(from), to: tag(to) }, later));
    /** Adds a tag to the latest version of the first device. */
    const add = (text: string) =>
      within(async ({ devices }) => {
        const device = (await devices.lock(sequentialId(1))) ?? expect.fail('There is no device.');
        expectOk(device.addTag(tag(text), later));
        expectOk(await devices.update(device));
      });
    return { database, transaction, signal, within, insert, stored, rename, add };
  };

  it('finds devices by their names, also those that the transaction has written itself', async () => {
    const { within, insert } = start();
    await insert(aDevice({ name: 'core-1' }), aDevice({ id: sequentialId(2), name: 'core-2' }));

    const found = await within(async ({ devices }) => {
      expectOk(await devices.insert(aDevice({ id: sequentialId(3), name: 'core-3' })));
      await devices.remove(sequentialId(1));
      return devices.named(['core-1', 'core-3', 'core-2', 'core-2', 'core']);
    });

    expect(found.map((device) => device.snapshot().name)).to.have.members(['core-2', 'core-3']);
  });

  it('locks what it finds: the latest version, as it was stored, or nothing', async () => {
    const { within, insert } = start();
    await insert(aDevice({ tags: ['core'], enabled: false }));

    const locked = await within(({ devices }) => devices.lock(sequentialId(1)));
    const missing = await within(({ devices }) => devices.lock(sequentialId(9)));

    expect(locked?.snapshot()).to.deep.equal(aDevice({ tags: ['core'], enabled: false }).snapshot());
    expect(missing).to.equal(null);
  });

  it('loses none of eight changes that lock first', async () => {
    const { database, insert, stored, add } = start();
    await insert(aDevice());

    const outcomes = await race(8, async ({ index }) => ok(await add(`tag-${index}`)), { on: database });

    outcomes.expect({ fulfilled: 8 });
    const tags = Array.from({ length: 8 }, (_, index) => `tag-${index}`);
    expect(await stored(1)).to.deep.include({ tags, version: 9 });
  });

  it('lets nobody remove or change a locked device before the transaction ends', async () => {
    const { within, insert, add, rename } = start();
    await insert(aDevice({ tags: ['core'] }));
    const ended: string[] = [];
    const [locked, ending] = [gate('the lock'), gate('the end')];
    const first = within(async ({ devices }) => {
      await devices.lock(sequentialId(1));
      locked.open();
      await ending.passed();
      ended.push('the lock');
    });
    await locked.passed();

    const others = [add('edge'), rename('core', 'hub'), within(({ devices }) => devices.remove(sequentialId(1)))];
    const waiting = Promise.allSettled(others.map((other) => other.finally(() => ended.push('another'))));
    ending.open();
    await Promise.all([first, waiting]);

    expect(ended[0]).to.equal('the lock');
  });

  it('renames a tag of every device that has it, and merges it where the new one is there', async () => {
    const { insert, stored, rename } = start();
    await insert(
      aDevice({ id: sequentialId(1), name: 'a', tags: ['core', 'z'] }),
      aDevice({ id: sequentialId(2), name: 'b', tags: ['ams', 'core', 'hub'], version: 7 }),
      aDevice({ id: sequentialId(3), name: 'c', tags: ['core-2', 'hub'] }),
    );

    const renamed = await rename('core', 'hub');

    expect(renamed).to.equal(2);
    expect(await stored(1)).to.deep.include({ tags: ['hub', 'z'], version: 2, changedAt: later });
    expect(await stored(2)).to.deep.include({ tags: ['ams', 'hub'], version: 8 });
    expect(await stored(3)).to.deep.equal(
      aDevice({ id: sequentialId(3), name: 'c', tags: ['core-2', 'hub'] }).snapshot(),
    );
  });

  it('makes no version of a tag that gets the name it has, and counts nobody for one that nobody has', async () => {
    const { insert, stored, rename } = start();
    await insert(aDevice({ tags: ['core'] }));

    expect([await rename('core', 'core'), await rename('edge', 'hub')]).to.deep.equal([1, 0]);
    expect(await stored(1)).to.deep.equal(aDevice({ tags: ['core'] }).snapshot());
  });

  it('makes a change stale that was based on the version before a tag was renamed', async () => {
    const { within, insert, rename } = start();
    await insert(aDevice({ tags: ['core'] }));
    const changed = aDevice({ tags: ['core'] });
    changed.disable(later);

    await rename('core', 'hub');
    const refusal = expectErr(await within(({ devices }) => devices.update(changed)));

    expect(refusal).to.deep.equal({ kind: 'StaleDevice', deviceId: sequentialId(1), version: 1 });
  });

  it('renames a tag without waiting in a circle with those who lock devices by their ids', async () => {
    const { within, insert, rename } = start();
    const positions = Array.from({ length: 20 }, (_, index) => index + 1);
    // Stored in another order than that of their ids.
    const tagged = positions.map((at) => aDevice({ id: sequentialId(at), name: `d-${at}`, tags: ['core'] }));
    await insert(...tagged.toReversed());

    const renamed = await within(async ({ devices }) => {
      await devices.lock(sequentialId(1));
      const renaming = rename('core', 'hub');
      for (const at of positions) await devices.lock(sequentialId(at));
      return { renaming };
    });

    expect(await renamed.renaming).to.equal(20);
  });

  it('lets go of a caller that stops while it waits for a lock', async () => {
    const { transaction, within, insert, stored } = start();
    await insert(aDevice());
    const caller = new AbortController();
    const stopped = new Error('stopped by the caller');

    const failure = await within(async ({ devices }) => {
      await devices.lock(sequentialId(1));
      const waiting = transaction.run(async (others) => ok(await others.devices.lock(sequentialId(1))), caller.signal);
      caller.abort(stopped);
      return waiting.catch((reason: unknown) => reason);
    });

    expect(failure).to.equal(stopped);
    expect(await stored(1)).to.deep.equal(aDevice().snapshot());
  });
}
