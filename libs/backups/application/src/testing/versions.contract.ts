import type { VersionSnapshot } from '#backups/domain';
import { err, ok, type Result } from '#kernel';
import { contract, expectErr, expectOk, sequentialId } from '#kernel/testing';
import { race } from '#testing/concurrency';
import { expect } from 'chai';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import type { VersionReader } from '../ports/version-reader.ts';
import { Versions } from '../ports/versions.ts';
import { UnlikeVersions } from './unlike-versions.ts';

export type VersionsUnderTest = {
  readonly transaction: BackupsTransaction;
  readonly reader: VersionReader;
  /** How many of the jobs that the transaction's stores have submitted exist. */
  readonly jobsKept: () => Promise<number>;
};

const untimed = () => new AbortController().signal;
const device = (position = 1) => sequentialId<'Device'>(position);

/** What all {@link Versions} promise inside their transaction, and beside the jobs. */
export const versionsContract = contract(Versions, (open: () => VersionsUnderTest) => {
  it('knows the latest version of each device', async () => {
    const under = open();
    const unlike = new UnlikeVersions();
    const [one, other, none] = [device(1), device(2), device(3)];
    await unlike.record(under.transaction, one);
    const newest = expectOk(await unlike.record(under.transaction, one));
    const only = expectOk(await unlike.record(under.transaction, other));

    const latest = await under.transaction.run(async ({ versions }) => {
      return ok([await versions.latest(one), await versions.latest(other), await versions.latest(none)]);
    }, untimed());

    expect(expectOk(latest).map((version) => version?.snapshot() ?? null)).to.deep.equal([newest, only, null]);
  });

  it('sees its own version as the latest before it is committed', async () => {
    const { transaction } = open();
    const unlike = new UnlikeVersions();
    const deviceId = device();

    const seen = await transaction.run(async ({ versions }) => {
      await versions.add(unlike.after(await versions.latest(deviceId), deviceId));
      return ok((await versions.latest(deviceId))?.snapshot().sequence);
    }, untimed());

    expect(seen).to.deep.equal(ok(1));
  });

  it('lets runs of one device take turns, so that each follows the one before', async () => {
    const { transaction } = open();
    const unlike = new UnlikeVersions();
    const deviceId = device();

    const made = await race(6, ({ index, start, signal }) =>
      transaction.run(async ({ versions }) => {
        // Everyone is inside a transaction before anyone asks for the device.
        await versions.latest(device(2 + index));
        await start();
        const version = unlike.after(await versions.latest(deviceId), deviceId);
        await versions.add(version);
        return ok(version.snapshot().sequence);
      }, signal),
    );

    made.expect({ fulfilled: 6 });
    expect(made.values.toSorted()).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('throws for a second version of the same number, and keeps the first', async () => {
    const under = open();
    const unlike = new UnlikeVersions();
    const deviceId = device();
    const first = expectOk(await unlike.record(under.transaction, deviceId));
    const rival = unlike.after(null, deviceId);

    const failure = await failureOf(
      under.transaction.run(async ({ versions }) => ok(await versions.add(rival)), untimed()),
    );

    expect(failure).to.be.instanceOf(Error);
    expect(await under.reader.page({ deviceId, before: null, limit: 10 }, untimed())).to.deep.equal([first]);
  });

  it('removes versions of one device but never its newest, and goes on counting from there', async () => {
    const { transaction, reader } = open();
    const unlike = new UnlikeVersions();
    const [one, other] = [device(1), device(2)];
    const kept = expectOk(await unlike.record(transaction, other));
    const history: VersionSnapshot[] = [];
    for (let n = 0; n < 3; n += 1) history.push(expectOk(await unlike.record(transaction, one)));

    const removed = await transaction.run(async ({ versions }) => {
      const ids = [...history, kept].map(({ id }) => id);
      return ok([await versions.remove(one, ids), await versions.remove(one, ids)]);
    }, untimed());
    const next = expectOk(await unlike.record(transaction, one));

    expect(expectOk(removed)).to.deep.equal([2, 0]);
    expect(await reader.page({ deviceId: one, before: null, limit: 10 }, untimed())).to.deep.equal([next, history[2]]);
    expect(next.sequence).to.equal(4);
    expect(await reader.find(kept.id, untimed())).to.deep.equal(kept);
  });

  it('undoes what was added when the work refuses', async () => {
    const { transaction, reader } = open();
    const unlike = new UnlikeVersions();
    const version = unlike.after(null, device());

    const outcome = await transaction.run(async ({ versions }) => {
      await versions.add(version);
      return err({ kind: 'Refused' });
    }, untimed());

    expect(expectErr(outcome)).to.deep.equal({ kind: 'Refused' });
    expect(await reader.find(version.id, untimed())).to.equal(null);
  });

  it('undoes what was added when the work throws, and lets the next run on', async () => {
    const under = open();
    const unlike = new UnlikeVersions();
    const deviceId = device();
    const defect = new Error('a defect');

    const failure = await failureOf(
      under.transaction.run(async ({ versions }) => {
        await versions.add(unlike.after(await versions.latest(deviceId), deviceId));
        throw defect;
      }, untimed()),
    );

    expect(failure).to.equal(defect);
    expect(expectOk(await unlike.record(under.transaction, deviceId)).sequence).to.equal(1);
  });

  it('undoes what was added when the caller stops, and rejects with the reason', async () => {
    const { transaction, reader } = open();
    const unlike = new UnlikeVersions();
    const version = unlike.after(null, device());
    const controller = new AbortController();
    const stopped = new Error('stopped by the caller');

    const failure = await failureOf(
      transaction.run(async ({ versions }) => {
        await versions.add(version);
        controller.abort(stopped);
        return ok();
      }, controller.signal),
    );

    expect(failure).to.equal(stopped);
    expect(await reader.find(version.id, untimed())).to.equal(null);
  });

  it('does not begin for a caller that has stopped', async () => {
    const { transaction } = open();
    const stopped = new Error('stopped by the caller');

    const run = await failureOf(transaction.run(async () => ok(), AbortSignal.abort(stopped)));

    expect(run).to.equal(stopped);
  });

  it('keeps the jobs together with the versions, and undoes them together', async () => {
    const under = open();
    const unlike = new UnlikeVersions();
    const deviceId = device();
    const both = (outcome: Result<void, { kind: 'Refused' }>) =>
      under.transaction.run(async ({ versions, jobs }) => {
        expectOk(await jobs.submit({ type: 'backup.run', payload: { deviceId } }));
        await versions.add(unlike.after(await versions.latest(deviceId), deviceId));
        return outcome;
      }, untimed());
    const counts = async () => [
      await under.jobsKept(),
      (await under.reader.page({ deviceId, before: null, limit: 10 }, untimed())).length,
    ];

    await both(err({ kind: 'Refused' }));
    const refused = await counts();
    await both(ok());
    const kept = await counts();

    expect([refused, kept]).to.deep.equal([
      [0, 0],
      [1, 1],
    ]);
  });
});

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('It succeeded.'),
    (reason: unknown) => reason,
  );
}
