import type { BackupStatusSnapshot } from '#backups/domain';
import type { DeviceId } from '#devices/contracts';
import { err, ok } from '#kernel';
import { contract, expectOk, sequentialId } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { BackupStatuses } from '../ports/backup-statuses.ts';
import type { BackupStatusReader } from '../ports/backup-status-reader.ts';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';

export type BackupStatusesUnderTest = {
  readonly transaction: BackupsTransaction;
  readonly reader: BackupStatusReader;
  readonly signal: AbortSignal;
};

const device = (position: number): DeviceId => sequentialId(position);
const NOW = new Date('2026-01-05T09:00:00.000Z');
const FAILURE = { at: NOW, kind: 'DeviceUnreachable', reason: 'It cannot be reached.' };

/** What all {@link BackupStatuses} promise inside their transaction. */
export const backupStatusesContract = contract(BackupStatuses, (open: () => BackupStatusesUnderTest) => {
  const found = async ({ reader, signal }: BackupStatusesUnderTest, position: number) =>
    (await reader.of([device(position)], signal))[0] ?? null;

  it('begin with the first question about a device, and keep what is saved', async () => {
    const under = open();
    const later = new Date(NOW.getTime() + 1);

    const asked = await under.transaction.run(async ({ statuses }) => {
      const [one, other] = await statuses.of([device(2), device(1)], NOW);
      other?.failed(FAILURE);
      other?.judged(NOW, 0);
      other?.requested(sequentialId(7));
      await statuses.save([other!]);
      return ok([one, other].map((status) => status?.snapshot().deviceId));
    }, under.signal);
    const again = await under.transaction.run(
      async ({ statuses }) => ok((await statuses.of([device(1)], later))[0]?.snapshot()),
      under.signal,
    );

    const first: BackupStatusSnapshot = {
      deviceId: device(1),
      knownSince: NOW,
      lastSuccessAt: null,
      lastFailure: null,
      consecutiveFailures: 0,
      staleSince: null,
      jobId: null,
    };
    const saved = {
      ...first,
      deviceId: device(2),
      lastFailure: FAILURE,
      consecutiveFailures: 1,
      staleSince: NOW,
      jobId: sequentialId<'Job'>(7),
    };
    expect(expectOk(asked)).to.deep.equal([device(1), device(2)]);
    expect(expectOk(again)).to.deep.equal(first);
    expect([await found(under, 1), await found(under, 2)]).to.deep.equal([first, saved]);
  });

  it('let transactions about one device take turns, so that nothing that was saved is lost', async () => {
    const under = open();

    const counted = await race(4, ({ signal, start, index }) =>
      under.transaction.run(async ({ statuses }) => {
        await statuses.of([device(10 + index)], NOW);
        await start();
        const [one, other] = await statuses.of([device(2), device(1)], NOW);
        for (const status of [one!, other!]) status.failed(FAILURE);
        await statuses.save([one!, other!]);
        return ok();
      }, signal),
    );

    counted.expect({ fulfilled: 4 });
    expect([await found(under, 1), await found(under, 2)].map((one) => one?.consecutiveFailures)).to.deep.equal([4, 4]);
  });

  it('keep nothing of what a transaction did that refuses', async () => {
    const under = open();

    await under.transaction.run(async ({ statuses }) => {
      const [status] = await statuses.of([device(1)], NOW);
      status!.succeeded(NOW);
      await statuses.save([status!]);
      return err({ kind: 'Refused' });
    }, under.signal);

    expect(await found(under, 1)).to.equal(null);
  });

  it('forget devices, also those that nobody has heard of', async () => {
    const under = open();
    await under.transaction.run(
      async ({ statuses }) => ok(await statuses.of([device(1), device(2)], NOW)),
      under.signal,
    );

    await under.transaction.run(
      async ({ statuses }) => ok(await statuses.forget([device(1), device(3)])),
      under.signal,
    );

    expect([await found(under, 1), (await found(under, 2))?.deviceId]).to.deep.equal([null, device(2)]);
  });

  it('answer nothing when they are asked about nothing', async () => {
    const { transaction, signal } = open();

    const none = await transaction.run(async ({ statuses }) => {
      await statuses.save([]);
      await statuses.forget([]);
      return ok(await statuses.of([], NOW));
    }, signal);

    expect(none).to.deep.equal(ok([]));
  });
});
