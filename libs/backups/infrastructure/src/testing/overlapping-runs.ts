import { BackupsTransaction, ConfigStore, Versions } from '#backups/application';
import { ok } from '#kernel';
import { expectErr, expectOk } from '#kernel/testing';
import { gate, race } from '#testing/concurrency';
import type { InstalledTest } from '#testing/lifecycle';
import { expect } from 'chai';
import type { BackupTest } from './backup-test.ts';

/** What holds when runs of one device overlap, whatever the adapters: the same statements in memory and for real. */
export function overlappingRuns(t: InstalledTest<BackupTest>): void {
  it(
    'make one version when both have stored what they found',
    t.test(async ({ run, versions, script, eventually }) => {
      const stored = gate('both to have stored');
      script(ConfigStore, 'put').answersBehind(stored);

      const racing = race({ one: () => run(), two: () => run() });
      await eventually({ what: 'both to have stored', probe: () => stored.waiting === 2 });
      stored.open();
      const made = await racing;

      made.expect({ fulfilled: 2 });
      expect(made.values.map(({ outcome }) => outcome).toSorted()).to.deep.equal(['stored', 'unchanged']);
      expect(new Set(made.values.map(({ versionId }) => versionId)).size).to.equal(1);
      expect(await versions()).to.have.lengthOf(1);
    }),
  );

  it(
    'do not put an older configuration after a newer one, however late it comes',
    t.test(async ({ run, rename, versions, script, clock, eventually }) => {
      const wayFree = gate('the way to the database');
      script(ConfigStore, 'put').onNextCall().answersBehind(wayFree);
      const overtaken = run();
      await eventually({ what: 'the content to be stored', probe: () => wayFree.waiting === 1 });
      await clock.advance(1_000);
      rename('core-9');
      const newer = expectOk(await run());

      wayFree.open();
      const refusal = expectErr(await overtaken);

      expect(refusal.kind).to.equal('Superseded');
      expect((await versions()).map(({ id }) => id)).to.deep.equal([newer.versionId]);
    }),
  );

  it(
    'wait for the history of their device as long as they may, and get it when it is free',
    t.test(async ({ run, get, deviceId, versions, limit, calls, clock, eventually, signal }) => {
      const transaction = await get(BackupsTransaction);

      const stopped = await transaction.run(async (holder) => {
        await holder.versions.latest(deviceId);
        const waiting = limit(30_000, (until) => run({ signal: until }));
        await eventually({ what: 'the other run to ask for the history', probe: () => calls(Versions).length > 1 });
        // A statement that waits for a lock looks like work to a clock that runs by itself.
        await clock.advance(30_000);
        return ok(await waiting);
      }, signal);
      const next = expectOk(await run());

      expect(expectOk(stopped).kind).to.equal('timed out');
      expect((await versions()).map(({ id }) => id)).to.deep.equal([next.versionId]);
    }),
  );
}
