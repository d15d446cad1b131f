import { BackupsTransaction, ConfigSource, ConfigStore, VersionReader, Versions } from '#backups/application';
import { DeviceDirectory } from '#devices/contracts';
import { expectOk } from '#kernel/testing';
import { Jobs } from '#scheduling/contracts';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { InMemoryBackupTest } from './testing/in-memory-backup-test.ts';

class ConnectionLost extends Error {}

const t = InMemoryBackupTest.install();

describe('A backup whose ports fail', () => {
  const lost = new ConnectionLost('on purpose');
  for (const [title, failing] of cases('fails with what {case} failed with, and works afterwards', {
    'the directory of devices': (test) => test.script(DeviceDirectory, 'access').onNextCall().failsBeforeEffect(lost),
    'the device': (test) => test.script(ConfigSource, 'collect').onNextCall().failsBeforeEffect(lost),
    'the reader of versions': (test) => test.script(VersionReader, 'page').onNextCall().failsBeforeEffect(lost),
    'the store': (test) => test.script(ConfigStore, 'put').onNextCall().failsBeforeEffect(lost),
    'the store, which has kept the content': (test) =>
      test.script(ConfigStore, 'put').onNextCall().failsAfterEffect(lost),
    'a transaction that did not begin': (test) =>
      test.script(BackupsTransaction, 'run').onNextCall().failsBeforeEffect(lost),
    'a transaction that asked for its lease': (test) => test.script(Jobs, 'hold').onNextCall().failsBeforeEffect(lost),
    'a transaction that holds the history': (test) =>
      test.script(Versions, 'latest').onNextCall().failsAfterEffect(lost),
    'a transaction that has written': (test) => test.script(Versions, 'add').onNextCall().failsAfterEffect(lost),
  } satisfies Record<string, (test: InMemoryBackupTest) => void>)) {
    it(
      title,
      t.test(async (test) => {
        failing(test);

        const failure = await test.run().catch((error: unknown) => error);
        const next = expectOk(await test.run());

        expect(failure).to.equal(lost);
        expect(next.outcome).to.equal('stored');
        expect((await test.versions()).map(({ id }) => id)).to.deep.equal([next.versionId]);
      }),
    );
  }

  it(
    'is not made again when only the answer of its transaction was lost',
    t.test(async ({ script, run, versions }) => {
      script(BackupsTransaction, 'run').onNextCall().failsAfterEffect(lost);

      const failure = await run().catch((error: unknown) => error);
      const next = expectOk(await run());

      expect(failure).to.equal(lost);
      expect(next.outcome).to.equal('unchanged');
      expect((await versions()).map(({ id }) => id)).to.deep.equal([next.versionId]);
    }),
  );

  it(
    'makes one version when its transaction is delivered twice',
    t.test(async ({ script, run, versions }) => {
      script(BackupsTransaction, 'run').onNextCall().answersTwice();

      const made = expectOk(await run());

      expect((await versions()).map(({ id }) => id)).to.deep.equal([made.versionId]);
    }),
  );

  it(
    'ends with its limit when the device is silent, and the next one is made',
    t.test(async ({ script, limit, run, versions }) => {
      script(ConfigSource, 'collect').onNextCall().hangsUntilAborted();

      const stopped = await limit(30_000, (signal) => run({ signal }));
      const next = expectOk(await run());

      expect(stopped.kind).to.equal('timed out');
      expect((await versions()).map(({ id }) => id)).to.deep.equal([next.versionId]);
    }),
  );
});
