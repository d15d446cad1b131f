import { ConfigStore, DiffVersions, ReadVersionContent, VersionReader } from '#backups/application';
import { expectErr, expectOk } from '#kernel/testing';
import { LeaseLost, type JobId } from '#scheduling/contracts';
import { race } from '#testing/concurrency';
import { expect } from 'chai';
import { ThreadedLineDiff } from './diff/threaded-line-diff.ts';
import { Sha256Hashing } from './sha256-hashing.ts';
import { overlappingRuns } from './testing/overlapping-runs.ts';
import { SshBackupTest } from './testing/ssh-backup-test.ts';

const t = SshBackupTest.install();

describe('A backup of a device over SSH, into PostgreSQL and files', function () {
  this.timeout(30_000);

  it(
    'stores what the device is configured to, byte by byte',
    t.test(async ({ run, get, deviceId, signal }) => {
      const made = expectOk(await run());

      const read = new ReadVersionContent(await get(VersionReader), await get(ConfigStore));
      const content = expectOk(await read.execute({ versionId: made.versionId, view: 'original' }, { signal }));
      const text = new TextDecoder().decode(content.bytes);
      expect(made).to.include({ outcome: 'stored', bytes: content.bytes.length });
      expect(text)
        .to.include('\nhostname core-sw1\n')
        .and.to.match(/\nend\n$/);
      expect(content.version).to.include({
        deviceId,
        sequence: 1,
        model: 'ios',
        contentHash: new Sha256Hashing().of(content.bytes),
      });
    }),
  );

  it(
    'finds nothing changed the second time, though the clock of the device went on',
    t.test(async ({ run, device, versions, contentsStored }) => {
      const first = expectOk(await run());
      device.changeConfiguration((text) => text.replace('08:15:42 UTC', '09:00:00 UTC'));

      const second = expectOk(await run());

      expect(second).to.include({ outcome: 'unchanged', versionId: first.versionId });
      expect(await versions()).to.have.lengthOf(1);
      expect(await contentsStored()).to.equal(1);
    }),
  );

  it(
    'makes a second version of a changed configuration, and shows the change',
    t.test(async ({ run, rename, get, versions, clock, signal }) => {
      expectOk(await run());
      rename('core-sw9');

      const second = expectOk(await run());

      const diff = new DiffVersions(await get(VersionReader), await get(ConfigStore), new ThreadedLineDiff(clock));
      const shown = expectOk(
        await diff.execute({ versionId: second.versionId, against: null, view: 'original' }, { signal }),
      );
      expect(second.outcome).to.equal('stored');
      expect((await versions()).map(({ sequence }) => sequence)).to.deep.equal([2, 1]);
      expect(shown.split('\n').filter((line) => /^[-+]/.test(line))).to.deep.equal([
        '--- version-1',
        '+++ version-2',
        '-hostname core-sw1',
        '+hostname core-sw9',
      ]);
    }),
  );

  it(
    'keeps one file of what two runs have stored at the same time',
    t.test(async ({ run, contentsStored }) => {
      const made = await race(2, () => run());

      made.expect({ fulfilled: 2 });
      expect(await contentsStored()).to.equal(1);
    }),
  );

  it(
    'keeps a holder that comes late from adding a version',
    t.test(async ({ run, jobs, ids, versions }) => {
      const jobId: JobId = ids.next();
      const late = jobs.claim(jobId);
      jobs.claim(jobId);

      const failure = await run({ lease: late }).catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(LeaseLost).with.deep.property('lease', late);
      expect(await versions()).to.deep.equal([]);
    }),
  );

  it(
    'stores nothing of an answer that was cut',
    t.test(async ({ run, device, versions, contentsStored }) => {
      device.faults = { cut: { afterBytes: 900, by: 'exit' } };

      const failure = expectErr(await run());

      expect(failure.kind).to.equal('ConfigurationIncomplete');
      expect(await versions()).to.deep.equal([]);
      expect(await contentsStored()).to.equal(0);
    }),
  );

  describe('whose runs overlap', () => {
    overlappingRuns(t);
  });
});
