import { err, ok } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { LeaseLost } from '#scheduling/contracts';
import { expect } from 'chai';
import sinon from 'sinon';
import { config, jobOf, RunBackupTest } from '../testing/run-backup-test.ts';

const BEGAN = new Date('2026-01-01T00:00:00.000Z');
const t = RunBackupTest.install();

describe('RunBackup, to the status of its device', () => {
  it(
    'writes a success with the first version, and tells of the change',
    t.test(async ({ device, run, answers, status, versions, outbox }) => {
      answers(config('10.0.0.1'));

      await run('first');

      const [version] = await versions();
      expect(await status()).to.deep.include({ lastSuccessAt: BEGAN, consecutiveFailures: 0, lastFailure: null });
      expect(outbox.recorded).to.deep.equal([
        {
          type: 'device.changed',
          subject: device.id,
          data: { versionId: version?.id, sequence: 1, collectedAt: BEGAN.toISOString() },
        },
      ]);
    }),
  );

  it(
    'writes a success when nothing has changed, and tells nobody',
    t.test(async ({ run, answers, status, outbox, clock }) => {
      answers(config('10.0.0.1'));
      await run('first');
      await clock.advance(5_000);

      await run('second');

      expect((await status())?.lastSuccessAt).to.deep.equal(new Date(BEGAN.getTime() + 5_000));
      expect(outbox.recorded).to.have.lengthOf(1);
    }),
  );

  it(
    'writes why it failed, and tells of the first failure and of the recovery, not of what the device said',
    t.test(async ({ run, answers, replies, status, outbox }) => {
      replies(async () => err({ kind: 'CommandRejected', command: 'show run', answer: 'S3CRET is no command' }));
      await run('one');
      await run('two');
      const failing = await status();
      answers(config('10.0.0.1'));
      await run('three');

      const reason = 'The device rejected "show run": S3CRET is no command';
      expect(failing).to.deep.include({ consecutiveFailures: 2, lastSuccessAt: null });
      expect(failing?.lastFailure).to.deep.equal({ at: BEGAN, kind: 'CommandRejected', reason });
      expect(outbox.recorded.map(({ type }) => type)).to.deep.equal([
        'device.failing',
        'device.changed',
        'device.recovered',
      ]);
      expect(JSON.stringify(outbox.recorded)).not.to.include('S3CRET');
    }),
  );

  it(
    'takes a configuration that cannot be stored for a failure',
    t.test(async ({ run, answers, status, store }) => {
      answers(config('10.0.0.1'));
      sinon.stub(store, 'put').resolves(err({ kind: 'StorageFull' }));

      await run('full');

      expect((await status())?.lastFailure?.kind).to.equal('StorageFull');
    }),
  );

  it(
    'forgets a device that is gone',
    t.test(async ({ run, answers, devices, device, status }) => {
      answers(config('10.0.0.1'));
      await run('first');
      devices.remove(device.id);

      await run('gone');

      expect(await status()).to.equal(undefined);
    }),
  );

  it(
    'says nothing when another run was faster',
    t.test(async ({ run, answers, status, clock, store }) => {
      answers(config('10.0.0.1'));
      const put = store.put.bind(store);
      const putting = sinon.stub(store, 'put').callThrough();
      putting.onFirstCall().callsFake(async (bytes, until) => {
        await clock.advance(1_000);
        answers(config('10.0.0.2'));
        expectOk(await run('newer'));
        return put(bytes, until);
      });

      const refusal = expectErr(await run('overtaken'));

      expect(refusal.kind).to.equal('Superseded');
      expect(await status()).to.deep.include({ consecutiveFailures: 0, lastFailure: null });
    }),
  );

  for (const ending of ['fails', 'succeeds'] as const) {
    it(
      `writes nothing without the lease, when it ${ending}`,
      t.test(async ({ replies, run, status, jobs, outbox }) => {
        replies(async () => {
          jobs.claim(jobOf('slow'));
          return ending === 'fails'
            ? err({ kind: 'DeviceStalled', waitingFor: 'the prompt' })
            : ok({ text: config('10.0.0.1') });
        });

        const failure = await run('slow').catch((error: unknown) => error);

        expect(failure).to.be.instanceOf(LeaseLost);
        expect([await status(), outbox.recorded]).to.deep.equal([undefined, []]);
      }),
    );
  }

  it(
    'tells each step that it takes',
    t.test(async ({ answers, run, told }) => {
      answers(config('10.0.0.1'));
      await run('first');

      expect(told).to.deep.equal(['verifying', 'storing']);
    }),
  );
});
