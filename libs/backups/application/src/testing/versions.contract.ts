import { Version, type VersionId } from '#backups/domain';
import { aCollected } from '#backups/domain/testing';
import type { DeviceId } from '#devices/contracts';
import { err, ok, type Ids, type Result } from '#kernel';
import { expectErr, expectOk, SequentialIds } from '#kernel/testing';
import { expect } from 'chai';
import type { BackupsTransaction } from '../ports/backups-transaction.ts';
import type { VersionReader } from '../ports/version-reader.ts';

export type VersionsUnderTest = {
  readonly transaction: BackupsTransaction;
  readonly reader: VersionReader;
  /** How many of the jobs that the transaction's stores have submitted exist. */
  readonly jobsKept: () => Promise<number>;
};

const untimed = () => new AbortController().signal;

/** What every {@link BackupsTransaction} promises about versions and jobs, together with its {@link VersionReader}. */
export function itBehavesLikeVersions(open: () => VersionsUnderTest): void {
  let ids: Ids;

  beforeEach(() => {
    ids = new SequentialIds();
  });

  const device = () => ids.next<'Device'>();

  /** Records a configuration that differs from all others, and returns the version it makes. */
  const record = ({ transaction }: VersionsUnderTest, deviceId: DeviceId) =>
    transaction.run(async ({ versions }) => {
      const version = versionAfter(await versions.latest(deviceId), deviceId);
      await versions.add(version);
      return ok(version.snapshot());
    }, untimed());

  function versionAfter(latest: Version | null, deviceId: DeviceId): Version {
    const id = ids.next<'Version'>();
    const unlike = id.replaceAll('-', '').padStart(64, '0') as never;
    return expectOk(
      Version.following(latest, aCollected({ deviceId, contentHash: unlike, significantHash: unlike }), id),
    );
  }

  it('keeps every fact of a version', async () => {
    const under = open();
    const version = expectOk(Version.following(null, aCollected({ deviceId: device() }), ids.next()));

    await under.transaction.run(async ({ versions }) => ok(await versions.add(version)), untimed());

    expect(await under.reader.find(version.id, untimed())).to.deep.equal(version.snapshot());
  });

  it('knows no version that was never added', async () => {
    const { reader } = open();

    expect(await reader.find(ids.next<'Version'>() as VersionId, untimed())).to.equal(null);
    expect(await reader.page({ deviceId: device(), before: null, limit: 10 }, untimed())).to.deep.equal([]);
  });

  it('knows the latest version of each device', async () => {
    const under = open();
    const [one, other, none] = [device(), device(), device()];
    await record(under, one);
    const newest = expectOk(await record(under, one));
    const only = expectOk(await record(under, other));

    const latest = await under.transaction.run(async ({ versions }) => {
      return ok([await versions.latest(one), await versions.latest(other), await versions.latest(none)]);
    }, untimed());

    expect(expectOk(latest).map((version) => version?.snapshot() ?? null)).to.deep.equal([newest, only, null]);
  });

  it('sees its own version as the latest before it is committed', async () => {
    const { transaction } = open();
    const deviceId = device();

    const seen = await transaction.run(async ({ versions }) => {
      await versions.add(versionAfter(await versions.latest(deviceId), deviceId));
      return ok((await versions.latest(deviceId))?.snapshot().sequence);
    }, untimed());

    expect(seen).to.deep.equal(ok(1));
  });

  it('lets runs of one device take turns, so that each follows the one before', async () => {
    const { transaction } = open();
    const deviceId = device();
    const racers = 6;
    const gate = Promise.withResolvers<void>();
    let waiting = 0;

    const made = await Promise.all(
      Array.from({ length: racers }, () =>
        transaction.run(async ({ versions }) => {
          // Everyone is inside a transaction before anyone asks for the device.
          await versions.latest(device());
          waiting += 1;
          if (waiting === racers) gate.resolve();
          await gate.promise;
          const version = versionAfter(await versions.latest(deviceId), deviceId);
          await versions.add(version);
          return ok(version.snapshot().sequence);
        }, untimed()),
      ),
    );

    expect(made.map(expectOk).toSorted()).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('throws for a second version of the same number, and keeps the first', async () => {
    const under = open();
    const deviceId = device();
    const first = expectOk(await record(under, deviceId));
    const rival = versionAfter(null, deviceId);

    const failure = await failureOf(
      under.transaction.run(async ({ versions }) => ok(await versions.add(rival)), untimed()),
    );

    expect(failure).to.be.instanceOf(Error);
    expect(await under.reader.page({ deviceId, before: null, limit: 10 }, untimed())).to.deep.equal([first]);
  });

  it('undoes what was added when the work refuses', async () => {
    const { transaction, reader } = open();
    const version = versionAfter(null, device());

    const outcome = await transaction.run(async ({ versions }) => {
      await versions.add(version);
      return err({ kind: 'Refused' });
    }, untimed());

    expect(expectErr(outcome)).to.deep.equal({ kind: 'Refused' });
    expect(await reader.find(version.id, untimed())).to.equal(null);
  });

  it('undoes what was added when the work throws, and lets the next run on', async () => {
    const under = open();
    const deviceId = device();
    const defect = new Error('a defect');

    const failure = await failureOf(
      under.transaction.run(async ({ versions }) => {
        await versions.add(versionAfter(await versions.latest(deviceId), deviceId));
        throw defect;
      }, untimed()),
    );

    expect(failure).to.equal(defect);
    expect(expectOk(await record(under, deviceId)).sequence).to.equal(1);
  });

  it('undoes what was added when the caller stops, and rejects with the reason', async () => {
    const { transaction, reader } = open();
    const version = versionAfter(null, device());
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
    const { transaction, reader } = open();
    const stopped = new Error('stopped by the caller');
    const signal = AbortSignal.abort(stopped);

    const run = await failureOf(transaction.run(async () => ok(), signal));
    const found = await failureOf(reader.find(ids.next<'Version'>(), signal));
    const paged = await failureOf(reader.page({ deviceId: device(), before: null, limit: 1 }, signal));

    expect([run, found, paged]).to.deep.equal([stopped, stopped, stopped]);
  });

  it('keeps the jobs together with the versions, and undoes them together', async () => {
    const under = open();
    const deviceId = device();
    const both = (outcome: Result<void, { kind: 'Refused' }>) =>
      under.transaction.run(async ({ versions, jobs }) => {
        expectOk(await jobs.submit({ type: 'backup.run', payload: { deviceId } }));
        await versions.add(versionAfter(await versions.latest(deviceId), deviceId));
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

  it('pages newest first, from where the page before ended, over one device', async () => {
    const under = open();
    const [deviceId, other] = [device(), device()];
    for (let count = 0; count < 5; count += 1) {
      await record(under, deviceId);
      await record(under, other);
    }

    const first = await under.reader.page({ deviceId, before: null, limit: 2 }, untimed());
    const second = await under.reader.page({ deviceId, before: 4, limit: 2 }, untimed());
    const last = await under.reader.page({ deviceId, before: 2, limit: 2 }, untimed());

    expect([first, second, last].map((page) => page.map(({ sequence }) => sequence))).to.deep.equal([
      [5, 4],
      [3, 2],
      [1],
    ]);
    expect(first.every((version) => version.deviceId === deviceId)).to.equal(true);
  });
}

function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail('It succeeded.'),
    (reason: unknown) => reason,
  );
}
