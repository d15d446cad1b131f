import type { DeviceId } from '#devices/contracts';
import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { err } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { InMemoryJobs } from '#scheduling/contracts/testing';
import { expect } from 'chai';
import { InMemoryBackupsTransaction } from '../testing/in-memory-backups-transaction.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { RequestBackups } from './request-backups.ts';

const idOf = (name: string) => `device-${name}` as DeviceId;
const within = () => ({ signal: new AbortController().signal });

describe('RequestBackups', () => {
  let jobs: InMemoryJobs;
  let request: RequestBackups;

  beforeEach(() => {
    const devices = new InMemoryDeviceDirectory(
      aDeviceAccess({ id: idOf('a') }),
      aDeviceAccess({ id: idOf('b') }),
      aDeviceAccess({ id: idOf('keyless'), hostKey: null }),
    );
    jobs = new InMemoryJobs('backup.run');
    request = new RequestBackups(devices, new InMemoryBackupsTransaction(new InMemoryVersionReader(), jobs));
  });

  it('submits one job for each device, in the order of the request', async () => {
    const requested = expectOk(await request.execute({ deviceIds: [idOf('b'), idOf('a')] }, within()));

    expect(requested.map(({ deviceId }) => deviceId)).to.deep.equal([idOf('b'), idOf('a')]);
    expect(requested.map(({ jobId }) => jobs.submitted.get(jobId))).to.containSubset([
      { type: 'backup.run', payload: { deviceId: idOf('b') } },
      { type: 'backup.run', payload: { deviceId: idOf('a') } },
    ]);
  });

  const refusals = {
    'a device that is not registered': { last: idOf('gone'), kind: 'DeviceNotRegistered' },
    'a device without a pinned host key': { last: idOf('keyless'), kind: 'HostKeyNotPinned' },
    'a device that is named twice': { last: idOf('a'), kind: 'DeviceNamedTwice' },
  };
  for (const [what, { last, kind }] of Object.entries(refusals)) {
    it(`asks for nothing when there is ${what}, and says which`, async () => {
      const refusal = expectErr(await request.execute({ deviceIds: [idOf('a'), last] }, within()));

      expect(refusal).to.deep.equal({ kind, deviceId: last });
      expect(jobs.submitted.size).to.equal(0);
    });
  }

  it('asks for nothing when a job in the middle cannot be submitted', async () => {
    const refusing = new InMemoryBackupsTransaction(new InMemoryVersionReader(), jobs);
    const second: typeof refusing.run = (work, signal) =>
      refusing.run(({ versions, jobs: all }) => {
        let left = 1;
        const submit: typeof all.submit = async (one) =>
          left-- > 0 ? all.submit(one) : err({ kind: 'UnknownJobType', type: one.type, known: [] });
        return work({ versions, jobs: { submit, hold: (lease) => all.hold(lease) } });
      }, signal);
    const devices = new InMemoryDeviceDirectory(aDeviceAccess({ id: idOf('a') }), aDeviceAccess({ id: idOf('b') }));

    const failure = await new RequestBackups(devices, { run: second })
      .execute({ deviceIds: [idOf('a'), idOf('b')] }, within())
      .catch((error: unknown) => error);

    expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('UnknownJobType');
    expect(jobs.submitted.size).to.equal(0);
  });
});
