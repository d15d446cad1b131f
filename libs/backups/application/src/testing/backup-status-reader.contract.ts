import type { BackupState } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import { ok } from '#kernel';
import { contract, sequentialId } from '#kernel/testing';
import { expect } from 'chai';
import { BackupStatusReader } from '../ports/backup-status-reader.ts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';

export type BackupStatusReaderUnderTest = {
  readonly reader: BackupStatusReader;
  readonly transaction: BackupsTransaction;
  readonly signal: AbortSignal;
};

const device = (position: number): DeviceId => sequentialId(position);
const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 5, hour));
const FRESH_SINCE = at(9);
const STATES: readonly BackupState[] = ['never', 'current', 'stale', 'failing'];

/** What every {@link BackupStatusReader} promises about what a transaction has committed. */
export const backupStatusReaderContract = contract(BackupStatusReader, (open: () => BackupStatusReaderUnderTest) => {
  /** Two devices of each state, in turn; the success of a stale one was just not late enough. */
  const withEight = async () => {
    const under = open();
    await under.transaction.run(async ({ statuses }) => {
      const all = await statuses.of(
        Array.from({ length: 8 }, (_, n) => device(n + 1)),
        at(0),
      );
      for (const [n, status] of all.entries()) {
        if (n % 4 === 1) status.succeeded(new Date(FRESH_SINCE.getTime() + 1));
        if (n % 4 === 2) status.succeeded(FRESH_SINCE);
        if (n % 4 === 3) status.failed({ at: at(1), kind: 'DeviceStalled', reason: 'It went silent.' });
      }
      return ok(await statuses.save(all));
    }, under.signal);
    const ids = async (state: BackupState | null, after: DeviceId | null = null, limit = 10) => {
      const page = await under.reader.page({ state, freshSince: FRESH_SINCE, after, limit }, under.signal);
      return page.map(({ deviceId }) => deviceId);
    };
    return { ...under, ids };
  };

  it('pages through all of them by the ids of their devices', async () => {
    const { ids } = await withEight();

    const pages = [await ids(null, null, 5), await ids(null, device(5), 5), await ids(null, device(8), 5)];

    expect(pages).to.deep.equal([[1, 2, 3, 4, 5].map(device), [6, 7, 8].map(device), []]);
  });

  for (const [n, state] of STATES.entries()) {
    it(`pages through those that are ${state}`, async () => {
      const { ids } = await withEight();

      const pages = [await ids(state), await ids(state, device(n + 1)), await ids(state, null, 1)];

      expect(pages).to.deep.equal([[n + 1, n + 5].map(device), [n + 5].map(device), [n + 1].map(device)]);
    });
  }

  it('counts each state, also those that none is in', async () => {
    const { reader, signal } = await withEight();

    expect(await reader.counts(FRESH_SINCE, signal)).to.deep.equal({ never: 2, current: 2, stale: 2, failing: 2 });
    expect(await reader.counts(at(0), signal)).to.deep.equal({ never: 2, current: 4, stale: 0, failing: 2 });
  });

  it('knows those of the devices that somebody has heard of', async () => {
    const { reader, signal } = await withEight();

    const known = await reader.of([device(9), device(3), device(1)], signal);

    expect(known.map(({ deviceId }) => deviceId).toSorted()).to.deep.equal([device(1), device(3)]);
    expect(await reader.of([], signal)).to.deep.equal([]);
  });

  it('does not read for a caller that has stopped', async () => {
    const { reader } = open();
    const stopped = new Error('stopped by the caller');
    const signal = AbortSignal.abort(stopped);

    const answers = await Promise.allSettled([
      reader.of([device(1)], signal),
      reader.page({ state: null, freshSince: FRESH_SINCE, after: null, limit: 1 }, signal),
      reader.counts(FRESH_SINCE, signal),
    ]);

    expect(answers).to.deep.equal(Array.from(answers, () => ({ status: 'rejected', reason: stopped })));
  });
});
