import { ok } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { LeaseLost } from '#scheduling/contracts';
import { gate, race } from '#testing/concurrency';
import { expect } from 'chai';
import sinon from 'sinon';
import { config, jobOf, RunBackupTest } from '../testing/run-backup-test.ts';

const t = RunBackupTest.install();

describe('RunBackup, when runs of one device overlap', () => {
  it(
    'makes one version of two runs at the same time',
    t.test(async ({ run, answers, versions }) => {
      answers(config('10.0.0.1'));

      const made = await race({ one: () => run('one'), two: () => run('two') });

      made.expect({ fulfilled: 2 });
      expect(made.values.map(({ outcome }) => outcome).toSorted()).to.deep.equal(['stored', 'unchanged']);
      expect(new Set(made.values.map(({ versionId }) => versionId)).size).to.equal(1);
      expect(await versions()).to.have.lengthOf(1);
    }),
  );

  it(
    'does not put an older configuration after a newer one, however late it comes',
    t.test(async ({ run, answers, versions, clock, store }) => {
      const wayFree = gate('the way to the store');
      const put = store.put.bind(store);
      sinon
        .stub(store, 'put')
        .callThrough()
        .onFirstCall()
        .callsFake((bytes, until) => wayFree.passed(until).then(() => put(bytes, until)));
      answers(config('10.0.0.1'));
      const overtaken = run('overtaken');
      await clock.advance(1_000);
      answers(config('10.0.0.2'));
      const newer = expectOk(await run('newer'));

      wayFree.open();
      const refusal = expectErr(await overtaken);

      const [collectedAt, by] = [new Date('2026-01-01T00:00:00.000Z'), new Date('2026-01-01T00:00:01.000Z')];
      expect(refusal).to.deep.equal({ kind: 'Superseded', collectedAt, by });
      expect((await versions()).map(({ id }) => id)).to.deep.equal([newer.versionId]);
    }),
  );

  it(
    'leaves no version behind when its lease was lost on the way',
    t.test(async ({ replies, run, versions, jobs }) => {
      replies(async () => {
        jobs.claim(jobOf('slow'));
        return ok({ text: config('10.0.0.1') });
      });

      const failure = await run('slow').catch((error: unknown) => error);

      expect(failure).to.be.instanceOf(LeaseLost);
      expect(await versions()).to.deep.equal([]);
    }),
  );
});
