import type { DeviceId } from '#devices/contracts';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { err } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { InMemoryJobs, InMemoryUnfinishedJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase, cases } from '#testing/lifecycle';
import { expect } from 'chai';
import sinon from 'sinon';
import { InMemoryBackupStatusReader } from '../testing/in-memory-backup-status-reader.ts';
import { InMemoryBackupsTransaction } from '../testing/in-memory-backups-transaction.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { RequestBackups } from './request-backups.ts';

const idOf = (name: string) => `device-${name}` as DeviceId;

class RequestTest extends AsyncTestBase {
  readonly devices = new InMemoryDeviceDirectory(
    aDeviceAccess({ id: idOf('a') }),
    aDeviceAccess({ id: idOf('b') }),
    aDeviceAccess({ id: idOf('keyless'), hostKey: null }),
    { ...aDeviceAccess({ id: idOf('disabled') }), enabled: false },
  );
  readonly jobs = new InMemoryJobs('backup.run');
  readonly statuses = new InMemoryBackupStatusReader();
  readonly transaction = new InMemoryBackupsTransaction(new InMemoryVersionReader(), this.jobs, {
    statuses: this.statuses,
  });
  readonly request = new RequestBackups({ ...this, unfinished: new InMemoryUnfinishedJobs(this.jobs) });
}

const t = RequestTest.install();

describe('RequestBackups', () => {
  it(
    'submits one job for each device, in the order of the request',
    t.test(async ({ request, jobs, signal }) => {
      const requested = expectOk(await request.execute({ deviceIds: [idOf('b'), idOf('a')] }, { signal }));

      expect(requested.map(({ deviceId }) => deviceId)).to.deep.equal([idOf('b'), idOf('a')]);
      expect(requested.map(({ jobId }) => jobs.submitted.get(jobId))).to.containSubset([
        { type: 'backup.run', payload: { deviceId: idOf('b') } },
        { type: 'backup.run', payload: { deviceId: idOf('a') } },
      ]);
    }),
  );

  for (const [title, { last, kind }] of cases('asks for nothing when there is {case}, and says which', {
    'a device that is not registered': { last: idOf('gone'), kind: 'DeviceNotRegistered' },
    'a device without a pinned host key': { last: idOf('keyless'), kind: 'HostKeyNotPinned' },
    'a device that is disabled': { last: idOf('disabled'), kind: 'DeviceDisabled' },
    'a device that is named twice': { last: idOf('a'), kind: 'DeviceNamedTwice' },
  })) {
    it(
      title,
      t.test(async ({ request, jobs, signal }) => {
        const refusal = expectErr(await request.execute({ deviceIds: [idOf('a'), last] }, { signal }));

        expect(refusal).to.deep.equal({ kind, deviceId: last });
        expect(jobs.submitted.size).to.equal(0);
      }),
    );
  }

  it(
    'asks for nothing when a job in the middle cannot be submitted',
    t.test(async ({ request, jobs, signal }) => {
      const join = jobs.join.bind(jobs);
      sinon.stub(jobs, 'join').callsFake((transaction) => {
        const joined = join(transaction);
        const refused = err({ kind: 'UnknownJobType', type: 'backup.run', known: [] } as const);
        sinon.stub(joined, 'submit').callThrough().onSecondCall().resolves(refused);
        return joined;
      });

      const failure = await request
        .execute({ deviceIds: [idOf('a'), idOf('b')] }, { signal })
        .catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('UnknownJobType');
      expect(jobs.submitted.size).to.equal(0);
    }),
  );
});
