import { aDeviceAccess } from '#devices/contracts/testing';
import { err, ok } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import sinon from 'sinon';
import { config, jobOf, RunBackupTest } from '../testing/run-backup-test.ts';

const t = RunBackupTest.install();

describe('RunBackup', () => {
  it(
    'stores the first configuration as version one',
    t.test(async ({ device, run, answers, versions, store, signal }) => {
      answers(config('10.0.0.1'));

      const made = expectOk(await run('first'));

      const [version, ...others] = await versions();
      expect(made).to.deep.equal({ outcome: 'stored', versionId: version?.id, bytes: config('10.0.0.1').length });
      expect(version).to.include({ deviceId: device.id, sequence: 1, model: 'ios', jobId: jobOf('first') });
      expect(version?.collectedAt).to.deep.equal(new Date('2026-01-01T00:00:00.000Z'));
      expect(new TextDecoder().decode(await store.get(version!.contentHash, signal))).to.equal(config('10.0.0.1'));
      expect(others).to.deep.equal([]);
    }),
  );

  it(
    'stores nothing when only volatile lines have changed, and names the version that still holds',
    t.test(async ({ run, answers, versions, store }) => {
      answers(config('10.0.0.1', 100));
      const first = expectOk(await run('first'));

      answers(config('10.0.0.1', 2_000));
      const second = expectOk(await run('second'));

      expect(second).to.deep.equal({
        outcome: 'unchanged',
        versionId: first.versionId,
        bytes: config('10.0.0.1', 2_000).length,
      });
      expect(await versions()).to.have.lengthOf(1);
      expect(store.size).to.equal(1);
    }),
  );

  const losses = { missing: null, damaged: new TextEncoder().encode('half a conf') };
  for (const [title, left] of cases(
    'puts back content that is {case} when the device sends the same bytes, and no other',
    losses,
  )) {
    it(
      title,
      t.test(async ({ answers, run, versions, store, signal }) => {
        answers(config('10.0.0.1', 100));
        await run('first');
        const { contentHash } = (await versions())[0]!;
        store.damage(contentHash, left);

        answers(config('10.0.0.1', 2_000));
        await run('volatile');
        const afterOther = await store.has(contentHash, signal);
        answers(config('10.0.0.1', 100));
        const same = expectOk(await run('same'));

        expect(afterOther).to.equal(false);
        expect(same.outcome).to.equal('unchanged');
        const kept = new TextDecoder().decode(await store.get(contentHash, signal));
        expect(kept).to.equal(config('10.0.0.1', 100));
        expect(await versions()).to.have.lengthOf(1);
      }),
    );
  }

  it(
    'fails when the content that is missing cannot be stored again',
    t.test(async ({ run, answers, versions, store }) => {
      answers(config('10.0.0.1'));
      await run('first');
      store.damage((await versions())[0]!.contentHash, null);
      sinon.stub(store, 'put').resolves(err({ kind: 'StorageFull' }));

      expect(expectErr(await run('full'))).to.deep.equal({ kind: 'StorageFull' });
    }),
  );

  it(
    'stores every significant change, also one that goes back',
    t.test(async ({ run, answers, versions, store }) => {
      const outcomes: string[] = [];

      for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.1']) {
        answers(config(address));
        outcomes.push(expectOk(await run(address)).outcome);
      }

      expect(outcomes).to.deep.equal(['stored', 'stored', 'stored']);
      expect((await versions()).map(({ sequence }) => sequence)).to.deep.equal([3, 2, 1]);
      expect(store.size).to.equal(2);
    }),
  );

  it(
    'says when the device had answered, not when it was asked',
    t.test(async ({ replies, run, versions, clock }) => {
      replies(async () => {
        await clock.advance(5_000);
        return ok({ text: config('10.0.0.1') });
      });

      await run('first');

      expect((await versions())[0]?.collectedAt).to.deep.equal(new Date('2026-01-01T00:00:05.000Z'));
    }),
  );

  it(
    'passes on why nothing was collected, and stores nothing',
    t.test(async ({ replies, run, versions, store }) => {
      replies(async () => err({ kind: 'ConfigurationIncomplete', reason: 'the connection was cut' }));

      const refusal = expectErr(await run('cut'));

      expect(refusal).to.deep.equal({ kind: 'ConfigurationIncomplete', reason: 'the connection was cut' });
      expect(store.size).to.equal(0);
      expect(await versions()).to.deep.equal([]);
    }),
  );

  it(
    'records no version of content that could not be stored',
    t.test(async ({ run, answers, versions, store }) => {
      answers(config('10.0.0.1'));
      sinon.stub(store, 'put').resolves(err({ kind: 'StorageFull' }));

      const refusal = expectErr(await run('full'));

      expect(refusal).to.deep.equal({ kind: 'StorageFull' });
      expect(await versions()).to.deep.equal([]);
    }),
  );

  it(
    'does not connect to a device whose credentials do not open, and says so',
    t.test(async ({ device, run, devices }) => {
      devices.spoilCredentials(device.id);

      expect(expectErr(await run('unreadable'))).to.deep.equal({ kind: 'CredentialsUnreadable' });
    }),
  );

  it(
    'does not connect to a device that is gone, or whose model nobody knows',
    t.test(async ({ device, run, devices }) => {
      devices.register(aDeviceAccess({ model: 'abacus' }));
      const unknown = expectErr(await run('unknown'));
      devices.remove(device.id);
      const gone = expectErr(await run('gone'));

      expect(gone).to.deep.equal({ kind: 'DeviceNotRegistered' });
      expect(unknown).to.deep.equal({ kind: 'ModelUnknown', model: 'abacus' });
    }),
  );
});
