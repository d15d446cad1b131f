import { aDeviceAccess, InMemoryDeviceDirectory } from '#devices/contracts/testing';
import { sequentialId } from '#kernel/testing';
import { jobTypeContract } from '#scheduling/contracts/testing';
import { expect } from 'chai';
import { backupJobTypes, RunJobType, SchemaJobType, selectionOf, selectionSchema } from './job-payloads.ts';

const deviceId = sequentialId<'Device'>(1);

const payloads = {
  'backup.batch': {
    payloads: [
      { selection: {} },
      { selection: { ids: [deviceId], tags: { any: ['core'] }, models: ['ios'], text: 'r' } },
    ],
    wrong: [{}, { selection: { tag: 'core' } }, { selection: { tags: ['core'] } }, { selection: { ids: ['core-1'] } }],
  },
  'backup.freshness': { payloads: [{}], wrong: [null, { hours: 26 }] },
};

const runJobType = new RunJobType(new InMemoryDeviceDirectory(aDeviceAccess({ id: deviceId })));
const { signal } = new AbortController();

describe('The types of jobs of backups', () => {
  describe('backup.run', () => {
    jobTypeContract.holdsFor(RunJobType, () => ({
      type: runJobType,
      payloads: [{ deviceId }],
      wrong: [null, {}, { deviceId: 'core-1' }, { deviceId, force: true }],
    }));

    it('refuses a device that is not registered, and says which', async () => {
      const stranger = sequentialId<'Device'>(2);

      const refusals = [{ deviceId: stranger }, { deviceId: deviceId.toUpperCase() }].map((payload) =>
        runJobType.refusalOf(payload, signal),
      );

      expect(await Promise.all(refusals)).to.deep.equal([
        `names the device ${stranger}, which is not registered`,
        null,
      ]);
    });
  });

  for (const type of backupJobTypes) {
    describe(type.name, () => {
      jobTypeContract.holdsFor(SchemaJobType, () => ({ type, ...payloads[type.name as keyof typeof payloads] }));
    });
  }

  it('say where a payload is wrong', () => {
    const [batch] = backupJobTypes;

    expect(batch!.problemWith({ selection: { tags: { any: [7] } } })).to.include('selection.tags.any.0');
  });
});

describe('A selection', () => {
  it('has no members that were left out', () => {
    const parsed = selectionSchema.parse({ tags: { any: ['core'] } });

    expect(selectionOf(parsed)).to.deep.equal({ tags: { any: ['core'] } });
  });
});
