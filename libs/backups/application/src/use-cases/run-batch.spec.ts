import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { expectErr, expectOk, sequentialId } from '#kernel/testing';
import type { JobProgress } from '#scheduling/contracts';
import { InMemoryJobs, InMemoryUnfinishedJobs } from '#scheduling/contracts/testing';
import { AsyncTestBase } from '#testing/lifecycle';
import { expect } from 'chai';
import sinon from 'sinon';
import { InMemoryBackupStatusReader } from '../testing/in-memory-backup-status-reader.ts';
import { InMemoryBackupsTransaction } from '../testing/in-memory-backups-transaction.ts';
import { InMemoryVersionReader } from '../testing/in-memory-version-reader.ts';
import { RunBatch } from './run-batch.ts';

class BatchTest extends AsyncTestBase {
  readonly devices = new InMemoryDeviceDirectory();
  readonly jobs = new InMemoryJobs('backup.run');
  readonly statuses = new InMemoryBackupStatusReader();
  readonly transaction = new InMemoryBackupsTransaction(new InMemoryVersionReader(), this.jobs, {
    statuses: this.statuses,
  });
  readonly told: JobProgress[] = [];
  readonly #batch = new RunBatch({ ...this, unfinished: new InMemoryUnfinishedJobs(this.jobs) });

  register(count: number): void {
    for (let n = 1; n <= count; n += 1) this.devices.register(aDeviceAccess({ id: sequentialId(n) }));
  }

  run(selection = {}) {
    const lease = this.jobs.claim(sequentialId<'Job'>(100_000));
    const progress = (how: JobProgress): void => void this.told.push(how);
    return this.#batch.execute({ selection, lease }, { signal: this.signal, progress });
  }
}

const t = BatchTest.install();

describe('RunBatch', () => {
  it(
    'requests backups page by page, no more than a hundred in one transaction, and says how far it is',
    t.test(async ({ register, run, transaction, jobs, told }) => {
      register(250);
      const transactions = sinon.spy(transaction, 'run');

      const made = expectOk(await run());

      expect(made).to.deep.equal({ requested: 250, underWay: 0, withoutHostKey: 0 });
      expect(jobs.submitted.size).to.equal(250);
      expect(transactions.callCount).to.equal(3);
      expect(told.map(({ done }) => done)).to.deep.equal([100, 200, 250]);
    }),
  );

  it(
    'leaves out devices that are disabled, not selected or without a key, and those whose backup is under way',
    t.test(async ({ register, devices, run, jobs }) => {
      register(2);
      devices.register({ ...aDeviceAccess({ id: sequentialId(3) }), enabled: false });
      devices.register(aDeviceAccess({ id: sequentialId(4), hostKey: null }));
      devices.register(aDeviceAccess({ id: sequentialId(5), model: 'eos' }));
      expectOk(await run({ ids: [sequentialId(1)] }));

      const made = expectOk(await run({ models: ['ios'] }));

      expect(made).to.deep.equal({ requested: 1, underWay: 1, withoutHostKey: 1 });
      expect(jobs.submitted.size).to.equal(2);
    }),
  );

  it(
    'puts devices behind the others that failed the last time',
    t.test(async ({ register, run, jobs, statuses, clock }) => {
      register(2);
      const failing = sequentialId<'Device'>(1);
      const facts = { lastSuccessAt: null, staleSince: null, jobId: null, knownSince: clock.now() };
      const lastFailure = { at: clock.now(), kind: 'DeviceUnreachable', reason: 'nobody is there' };
      statuses.commit(new Map([[failing, { ...facts, deviceId: failing, consecutiveFailures: 1, lastFailure }]]));

      await run();

      expect([...jobs.submitted.values()].map(({ priority }) => priority)).to.deep.equal([3, 5]);
    }),
  );

  it(
    'keeps what it has requested when the queue becomes full',
    t.test(async ({ register, run, jobs }) => {
      register(150);
      jobs.capacity = 120;

      const refusal = expectErr(await run());

      expect(refusal).to.deep.equal({ kind: 'QueueFull', capacity: 120 });
      expect(jobs.submitted.size).to.equal(100);
    }),
  );
});
