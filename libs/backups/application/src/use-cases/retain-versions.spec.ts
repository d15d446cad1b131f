import { RetentionPolicy } from '#backups/domain';
import { expectOk, sequentialId } from '#kernel/testing';
import { LeaseLost } from '#scheduling/contracts';
import { expect } from 'chai';
import { UpkeepTest } from '../testing/upkeep-test.ts';
import { RetainVersions, type RetainVersionsCommand } from './retain-versions.ts';

const rules = { keepLast: 2, keepDays: 0, keepDaily: 0, keepWeekly: 0, keepMonthly: 0 };

class RetainTest extends UpkeepTest {
  readonly retention = new RetainVersions({ ...this.ports, reader: this.committed });

  retain(facts: Partial<RetainVersionsCommand> = {}) {
    const policy = expectOk(RetentionPolicy.parse(rules));
    const lease = this.jobs.claim(this.job);
    const command = { policy, dryRun: false, deviceId: null, lease, ...facts };
    return this.retention.execute(command, { signal: this.signal, progress: () => {} });
  }

  async sequences(deviceId = this.device): Promise<readonly number[]> {
    const page = await this.committed.page({ deviceId, before: null, limit: 5_000 }, this.signal);
    return page.map(({ sequence }) => sequence);
  }
}

const t = RetainTest.install();
const other = sequentialId<'Device'>(2_000);

describe('RetainVersions', () => {
  it(
    'removes what the policy does not keep, of every device',
    t.test(async ({ backUp, retain, sequences, device }) => {
      for (const text of ['a', 'b', 'c', 'd']) await backUp(text);
      for (const text of ['a', 'e', 'f']) await backUp(text, other);

      const retained = await retain();

      expect(retained).to.deep.equal({ devices: 2, versions: 7, removed: 3 });
      expect([await sequences(device), await sequences(other)]).to.deep.equal([
        [4, 3],
        [3, 2],
      ]);
    }),
  );

  it(
    'only counts in a dry run, and only of a device when it is told one',
    t.test(async ({ backUp, retain, sequences, device }) => {
      for (const text of ['a', 'b', 'c', 'd']) await backUp(text);
      for (const text of ['a', 'e', 'f']) await backUp(text, other);

      const dry = await retain({ dryRun: true });
      const untouched = await sequences(device);
      const one = await retain({ deviceId: other });

      expect([dry.removed, untouched.length, one]).to.deep.equal([3, 4, { devices: 1, versions: 3, removed: 1 }]);
      expect(await sequences(device)).to.have.lengthOf(4);
    }),
  );

  it(
    'goes through histories of more than a page, in transactions of a few hundred',
    t.test(async ({ backUp, retain, sequences }) => {
      for (let n = 0; n < 1_101; n += 1) await backUp(`version ${n}`);

      const retained = await retain();

      expect(retained).to.deep.equal({ devices: 1, versions: 1_101, removed: 1_099 });
      expect(await sequences()).to.deep.equal([1_101, 1_100]);
    }),
  );

  it(
    'removes nothing once its lease is lost',
    t.test(async ({ backUp, retain, sequences, jobs, job }) => {
      for (const text of ['a', 'b', 'c']) await backUp(text);
      const lease = jobs.claim(job);
      jobs.claim(job);

      const failure = await retain({ lease }).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(LeaseLost);
      expect(await sequences()).to.have.lengthOf(3);
    }),
  );
});
