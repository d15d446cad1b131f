import type { BackupMade, RunBackup, RunBackupCommand } from '#backups/application';
import type { BackupFailure, VersionId } from '#backups/domain';
import { abortable, err, ok, type Id, type Json, type Result } from '#kernel';
import { expectErr, SequentialIds } from '#kernel/testing';
import { jobHandlerContract, jobRun } from '#scheduling/contracts/testing';
import { LeaseLost, type JobAttempt } from '#scheduling/contracts';
import { cases } from '#testing/lifecycle';
import { expect } from 'chai';
import { BackupRunHandler } from './backup-run-handler.ts';

const ids = new SequentialIds();
const deviceId = ids.next<'Device'>();
const run = jobRun();

function attempt(payload: Json): JobAttempt {
  const id: Id<'Job'> = ids.next();
  return { id, type: 'backup.run', payload, attempt: 1, lease: { jobId: id, token: 1 } };
}

type Execute = (
  command: RunBackupCommand,
  context: { readonly signal: AbortSignal },
) => Promise<Result<BackupMade, BackupFailure>>;

function handlerOf(execute: Execute) {
  return new BackupRunHandler({ execute } as unknown as RunBackup);
}

describe('BackupRunHandler', () => {
  jobHandlerContract.holdsFor(BackupRunHandler, () => {
    const made: BackupMade = { outcome: 'stored', versionId: ids.next<'Version'>() as VersionId, bytes: 12 };
    let done: Promise<void> = Promise.resolve();
    const handler = handlerOf(async (_, context) => {
      await abortable(done, context.signal);
      return ok(made);
    });
    return { handler, attempt: attempt({ deviceId }), stall: () => void (done = new Promise(() => {})) };
  });

  it('backs up the device of the job under the lease of the attempt, and answers what was made', async () => {
    const made: BackupMade = { outcome: 'stored', versionId: ids.next<'Version'>() as VersionId, bytes: 12 };
    const asked: RunBackupCommand[] = [];
    const one = attempt({ deviceId });

    const result = await handlerOf(async (command) => {
      asked.push(command);
      return ok(made);
    }).handle(one, run);

    expect(result).to.deep.equal(ok(made));
    expect(asked).to.deep.equal([{ deviceId, lease: one.lease }]);
  });

  it('asks for another attempt where one may help, and says why in a sentence', async () => {
    const handler = handlerOf(async () => err({ kind: 'DeviceUnreachable', reason: 'connection refused' }));

    const failure = expectErr(await handler.handle(attempt({ deviceId }), run));

    expect(failure).to.deep.equal({ reason: 'The device cannot be reached: connection refused.', retry: true });
  });

  it('asks for none where a person has to act', async () => {
    const handler = handlerOf(async () => err({ kind: 'AuthenticationFailed', username: 'backup' }));

    const failure = expectErr(await handler.handle(attempt({ deviceId }), run));

    expect(failure).to.deep.equal({ reason: 'The device refuses the credentials of "backup".', retry: false });
  });

  it('throws on that its lease was lost', async () => {
    const one = attempt({ deviceId });
    const lost = new LeaseLost(one.lease);

    const thrown = await handlerOf(() => Promise.reject(lost))
      .handle(one, run)
      .catch((error: unknown) => error);

    expect(thrown).to.equal(lost);
  });

  const strangers: readonly Json[] = [
    null,
    {},
    { deviceId: 'core-1' },
    { deviceId, force: true },
    [deviceId],
    deviceId,
  ];
  for (const [title, payload] of cases('does nothing for the payload {case}', strangers)) {
    it(title, async () => {
      const handler = handlerOf(() => expect.fail('It ran.'));

      const failure = expectErr(await handler.handle(attempt(payload), run));

      expect(failure).to.deep.equal({ reason: 'The job does not say which device to back up.', retry: false });
    });
  }
});
